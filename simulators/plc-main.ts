import { parseArgs } from 'node:util'
import { simulatorPorts } from './ports.ts'
import { runPlcSimulator } from './run-plc.ts'
import { ScenarioError } from './scenario.ts'

const usage = 'plc-main.ts [--port 5003] [--scenario <name or path>] [--iteration-ms 1000] [--stdin-lifeline]'

class UsageError extends Error {}

const wholeNumber = (option: string, text: string, most: number): number => {
  const number = Number(text)
  if (/^\d+$/.test(text) && number <= most) return number
  throw new UsageError(`--${option} wants a whole number up to ${most}, not "${text}"`)
}

const optionsFrom = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: `${simulatorPorts.plc}` },
      scenario: { type: 'string' },
      'iteration-ms': { type: 'string', default: '1000' },
      'stdin-lifeline': { type: 'boolean', default: false },
    },
  })
  return {
    port: wholeNumber('port', values.port, 65_535),
    iterationMs: wholeNumber('iteration-ms', values['iteration-ms'], 3_600_000),
    lifeline: values['stdin-lifeline'],
    ...(values.scenario === undefined ? {} : { scenario: values.scenario }),
  }
}

const main = async (): Promise<void> => {
  const { lifeline, ...options } = optionsFrom(process.argv.slice(2))
  const stopping = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
  // Whoever started us holds the other end: when it dies, however it dies, stdin ends.
  if (lifeline) process.stdin.resume().once('end', () => stopping.abort())
  await runPlcSimulator({
    ...options,
    signal: stopping.signal,
    onReady: ({ port }) => process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`),
    log: (line) => process.stderr.write(`${line}\n`),
  })
  if (lifeline) process.stdin.destroy()
}

const isUsage = (error: unknown) =>
  error instanceof UsageError ||
  (error instanceof TypeError && 'code' in error && `${error.code}`.startsWith('ERR_PARSE_ARGS'))

try {
  await main()
} catch (error) {
  const hint = isUsage(error) ? `\nusage: ${usage}` : ''
  process.stderr.write(`${error instanceof Error ? error.message : error}${hint}\n`)
  process.exit(isUsage(error) || error instanceof ScenarioError ? 2 : 1)
}
