import { Command } from 'commander'
import { runEmbeddedEventStore } from '#adapters/embedded-eventstore/run.ts'
import { portFrom } from './port-from.ts'
import { untilAsked } from './until-asked.ts'

const serve = async ({ port, data }: { port: number; data: string }): Promise<void> => {
  const asked = untilAsked()
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const node = await runEmbeddedEventStore({ port, dataDir: data, log: say })
  say(`event store at ${node.url}, log in ${data}; Ctrl-C ends it`)
  const ended = new Promise<null>((resolve) => asked.addEventListener('abort', () => resolve(null)))
  const failure = await Promise.race([node.failed, ended])
  await node.stop()
  if (failure) throw failure
}

export const eventstoreCommand = (): Command =>
  new Command('eventstore')
    .description('the embedded event store alone: any EventStoreDB client can use it')
    .option('--port <number>', 'where it listens, 0 for any free port', portFrom, 2113)
    .option('--data <folder>', 'where the log is', 'data/eventstore')
    .action(serve)
