import { Command } from 'commander'
import { runEmbeddedEventStore } from '#adapters/embedded-eventstore/run.ts'
import { portFrom } from './port-from.ts'

export const eventstoreCommand = (): Command =>
  new Command('eventstore')
    .description('the embedded event store alone: any EventStoreDB client can use it')
    .option('--port <number>', 'where it listens, 0 for any free port', portFrom, 2113)
    .option('--data <folder>', 'where the log is', 'data/eventstore')
    .action(({ port, data }: { port: number; data: string }) =>
      runEmbeddedEventStore({ port, dataDir: data }),
    )
