import { parseArgs } from 'node:util'
import { type RunningEventStore, runEmbeddedEventStore } from './run.ts'

export { runEmbeddedEventStore } from './run.ts'

const usage =
  'node adapters/embedded-eventstore/main.ts --port <n, 0 = free> --data <dir> [--segment-size <bytes>] [--stdin-lifeline]'

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      'segment-size': { type: 'string', default: '67108864' },
      'stdin-lifeline': { type: 'boolean', default: false },
    },
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port`)
  const segmentSize = Number(values['segment-size'])
  if (!Number.isInteger(segmentSize) || segmentSize < 4096 || segmentSize > 2 ** 30) {
    throw new Error(
      `--segment-size ${values['segment-size']} is not a number of bytes from 4096 to 1073741824`,
    )
  }
  if (!values.data) throw new Error(`--data is missing: ${usage}`)
  return { port, dataDir: values.data, segmentSize, lifeline: values['stdin-lifeline'] }
}

const complain = (error: unknown): void => {
  process.stderr.write(`eventstore: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

const stopOnSignals = (node: RunningEventStore, lifeline: boolean): void => {
  let stops = false
  const stop = (): void => {
    if (stops) return
    stops = true
    node.stop().then(() => process.exit(), complain)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  // The parent holds the other end; however it dies, this node does not outlive it.
  if (lifeline) process.stdin.once('end', stop).once('error', stop).resume()
  node.failed.then((error) => {
    complain(error)
    process.exit()
  }, complain)
}

const main = async (): Promise<void> => {
  const { lifeline, ...options } = readOptions()
  const log = (line: string): void => {
    process.stderr.write(`eventstore: ${line}\n`)
  }
  const node = await runEmbeddedEventStore({ ...options, log })
  stopOnSignals(node, lifeline)
  process.stdout.write(
    `${JSON.stringify({ ready: true, port: node.port, url: node.url, pid: process.pid })}\n`,
  )
}

if (import.meta.main) await main().catch(complain)
