import { type Config, ConfigError } from '#api/config.ts'

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

export const isOnLoopback = ({ HOST }: Pick<Config, 'HOST'>): boolean => loopback.has(HOST)

const realDevices = [
  'PLC_ADDRESS',
  'TELESCOPE_ADDRESS',
  'VISIBLE_CAMERA_ADDRESS',
  'INFRARED_CAMERA_ADDRESS',
  'DOME_ADDRESS',
] as const

/** Whether everybody on this machine may look without signing in. Throws `ConfigError` where that is asked for and cannot be. */
export const isDemo = (config: Config): boolean => {
  const real = config.SIMULATED ? [] : realDevices.filter((name) => config[name] !== undefined)
  const harmless = real.length === 0 && isOnLoopback(config)
  if (config.NOCTUARY_DEMO !== 'on') return config.NOCTUARY_DEMO === undefined && harmless
  if (harmless) return true
  const why = real.length > 0 ? `${real.join(', ')} is set` : `HOST is ${config.HOST}`
  throw new ConfigError([`NOCTUARY_DEMO=on: only where all is simulated and listens on loopback; ${why}`])
}
