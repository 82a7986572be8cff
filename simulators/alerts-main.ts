import { parseArgs } from 'node:util'
import { runAlertSimulator } from './run-alerts.ts'

/** The alert simulator as a process of its own; `noctuary simulator alerts` is for people. */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      scenario: { type: 'string', default: 'demo' },
      'stdin-lifeline': { type: 'boolean', default: false },
    },
  })
  const stopping = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
  // Whoever started us holds the other end: when it dies, however it dies, stdin ends.
  if (values['stdin-lifeline']) process.stdin.resume().once('end', () => stopping.abort())
  await runAlertSimulator({
    scenario: values.scenario,
    port: Number(values.port),
    signal: stopping.signal,
    onReady: ({ port }) => process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`),
    log: (line) => process.stderr.write(`${line}\n`),
  })
  process.stdin.destroy()
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}
