import { parseArgs } from 'node:util'
import { z } from 'zod'
import { siteSchema } from '#domain/shared/site.ts'
import { runDeviceSimulators, simulatedDeviceNames } from './run-devices.ts'
import { ScenarioError } from './scenario.ts'

const usage =
  'devices-main.ts --devices {"dome":0} --site <json> --data-dir <path> [--scenario <name or path>] [--plc <port of the simulated PLC>] [--stdin-lifeline]'

const port = z.int().min(0).max(65_535)
const optionsSchema = z.object({
  devices: z.partialRecord(z.enum(simulatedDeviceNames), port),
  site: siteSchema,
  'data-dir': z.string(),
  scenario: z.string().optional(),
  plc: z.coerce.number().pipe(port).optional(),
  'stdin-lifeline': z.boolean().default(false),
})

const optionsFrom = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      devices: { type: 'string', default: '{}' },
      site: { type: 'string', default: '{}' },
      'data-dir': { type: 'string' },
      scenario: { type: 'string' },
      plc: { type: 'string' },
      'stdin-lifeline': { type: 'boolean', default: false },
    },
  })
  return optionsSchema.parse({
    ...values,
    devices: JSON.parse(values.devices),
    site: JSON.parse(values.site),
  })
}

/** The process in which the observatory runs its simulated devices. */
const main = async (): Promise<void> => {
  const options = optionsFrom(process.argv.slice(2))
  const stopping = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
  // Whoever started us holds the other end: when it dies, however it dies, stdin ends.
  const lifeline = options['stdin-lifeline']
  if (lifeline) process.stdin.resume().once('end', () => stopping.abort())
  await runDeviceSimulators({
    devices: options.devices,
    site: options.site,
    dataDir: options['data-dir'],
    ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
    ...(options.plc === undefined ? {} : { plc: { host: '127.0.0.1', port: options.plc } }),
    signal: stopping.signal,
    onReady: (addresses) => {
      const ports = Object.fromEntries([...addresses].map(([name, address]) => [name, address.port]))
      process.stdout.write(`${JSON.stringify({ ready: true, ports })}\n`)
    },
  })
  if (lifeline) process.stdin.destroy()
}

try {
  await main()
} catch (error) {
  const isUsage = error instanceof z.ZodError || error instanceof SyntaxError || error instanceof TypeError
  const hint = isUsage ? `\nusage: ${usage}` : ''
  process.stderr.write(`${error instanceof Error ? error.message : error}${hint}\n`)
  process.exit(isUsage || error instanceof ScenarioError ? 2 : 1)
}
