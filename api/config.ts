import { isIP, isIPv6 } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { safetyRules } from '#domain/environment/limits.ts'
import { sanPedroMartir, siteSchema } from '#domain/shared/site.ts'
import { alertSettings } from './alert-settings.ts'

/** The environment says something that cannot be; names the variable and what would be right. */
export class ConfigError extends Error {
  constructor(issues: readonly string[]) {
    super(`wrong settings in the environment:\n${issues.map((issue) => `  ${issue}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

const port = (fallback: number) =>
  z.coerce
    .number('a port is a whole number from 0 to 65535, 0 for any free one')
    .int()
    .min(0, 'a port is a whole number from 0 to 65535, 0 for any free one')
    .max(65_535, 'a port is a whole number from 0 to 65535, 0 for any free one')
    .default(fallback)

const address = z
  .string()
  .regex(/^[^:\s]+:\d{1,5}$/, 'an address is host:port, e.g. 127.0.0.1:5003')
  .transform((text) => {
    const [host = '', digits = ''] = text.split(':')
    return { host, port: Number(digits) }
  })

/** An address, or one with how many of its bits count. */
const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/')
  const most = isIPv6(address) ? 128 : 32
  const isWhole = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
  return isIP(address) !== 0 && isWhole && more.length === 0
}

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `not JSON: ${error instanceof Error ? error.message : error}`,
    })
    return z.NEVER
  }
})

const settings = z.object({
  HOST: z.string().default('127.0.0.1').describe('where the API listens'),
  PORT: port(8000).describe("the API's port"),
  DATA_DIR: z
    .string()
    .default('data')
    .transform((dir) => path.resolve(dir))
    .describe('everything that lasts: the log and the read models'),
  EVENTSTORE_URL: z
    .string()
    .regex(/^esdb(\+discover)?:\/\/\S+$/, 'an event store address is esdb://host:port?tls=false')
    .optional()
    .describe('an EventStoreDB of your own instead of the embedded one'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'a database address is postgres://user:password@host:port/name')
    .optional()
    .describe('a Postgres of your own instead of the embedded one'),
  PLC_ADDRESS: address.optional().describe('the PLC as host:port instead of the simulator'),
  SIMULATED: z
    .stringbool('yes or no')
    .default(false)
    .describe('yes: what the PLC and device addresses lead to are simulators, and events say so'),
  EVENTSTORE_PORT: port(0).describe('the port of the embedded event store'),
  POSTGRES_PORT: port(0).describe('the port of the embedded Postgres'),
  PLC_PORT: port(5003).describe('the port of the PLC simulator'),
  TELESCOPE_ADDRESS: address.optional().describe('the telescope as host:port instead of the simulator'),
  TELESCOPE_PORT: port(5000).describe('the port of the telescope simulator'),
  VISIBLE_CAMERA_ADDRESS: address.optional().describe('the visible camera as host:port, likewise'),
  VISIBLE_CAMERA_PORT: port(5001).describe('the port of the visible camera simulator'),
  INFRARED_CAMERA_ADDRESS: address.optional().describe('the infrared camera as host:port, likewise'),
  INFRARED_CAMERA_PORT: port(5002).describe('the port of the infrared camera simulator'),
  DOME_ADDRESS: address.optional().describe('the dome as host:port, likewise'),
  DOME_PORT: port(5004).describe('the port of the dome simulator'),
  DEVICE_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(10, 'at least 10 ms')
    .default(1500)
    .describe('how long a device may take to answer'),
  PLC_VALID_POLICY: z
    .enum(['strict', 'pyros'], 'a valid policy is strict or pyros')
    .default('strict')
    .describe('strict shows valid sensors only; pyros shows what PYROS showed'),
  PLC_PERIOD_MS: z.coerce
    .number()
    .int()
    .min(100, 'at least 100 ms')
    .default(2000)
    .describe('from poll to poll'),
  PLC_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(10, 'at least 10 ms')
    .default(1500)
    .describe('how long an answer may take'),
  SAFETY_LIMITS: json
    .transform((overrides, context) => {
      try {
        return safetyRules(overrides)
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : `${error}` })
        return z.NEVER
      }
    })
    .default(safetyRules())
    .describe('limits other than the built-in ones, e.g. {"wind":{"unsafeMs":8}}'),
  SITE: json.pipe(siteSchema).default(sanPedroMartir).describe('the site as JSON: id, name, latitudeDeg, …'),
  ...alertSettings,
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text, context) => {
      const networks = text.split(',').flatMap((one) => one.trim() || [])
      const wrong = networks.filter((network) => !isNetwork(network))
      if (wrong.length > 0)
        context.addIssue({
          code: 'custom',
          message: `${wrong.join(', ')}: a proxy is an address or a network, e.g. 127.0.0.1,10.0.0.0/8`,
        })
      return networks
    })
    .describe(
      'proxies before the API, e.g. 127.0.0.1: what they say of where a request comes from is believed',
    ),
  NOCTUARY_DEMO: z
    .enum(['on', 'off'], 'on or off')
    .optional()
    .describe('whether everybody on this machine may look without signing in; on where all is simulated'),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], 'silent, error, warn, info or debug')
    .default('warn')
    .describe('how much goes to the log on stderr'),
})

export type Config = z.output<typeof settings>

/** The variables and what they mean, for `--help`. */
export const settingsHelp = (): string =>
  Object.entries(settings.shape)
    .map(([name, { description }]) => `  ${name.padEnd(23)} ${description}`)
    .join('\n')

const gcnAccount = ['GCN_CLIENT_ID', 'GCN_CLIENT_SECRET'] as const

/** Half an account would leave GCN off without a word. */
const needsBoth = (config: z.output<typeof settings>, context: z.RefinementCtx): void => {
  const missing = gcnAccount.filter((name) => config[name] === undefined)
  const [name] = missing
  if (missing.length !== 1 || !name) return
  const message = `is needed too: GCN gives id and secret together (${gcnAccount.join(', ')})`
  context.addIssue({ code: 'custom', path: [name], message })
}

/** Reads the settings; an empty variable counts as not set. Throws {@link ConfigError} naming every wrong one. */
export const readConfig = (environment: NodeJS.ProcessEnv): Config => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const read = settings.superRefine(needsBoth).safeParse(given)
  if (read.success) return read.data
  throw new ConfigError(
    read.error.issues.map(
      ({ path: [name], message }) => `${String(name)}=${given[String(name)] ?? ''}: ${message}`,
    ),
  )
}
