import { cameraCommands, cameraNews, cameraStatusSchema } from './camera.ts'
import type { CommandSpec } from './command-spec.ts'
import { domeCommands, domeNews, domeStatusSchema } from './dome.ts'
import type { DeviceName } from './events.ts'
import { plcCommands, plcNews, plcStatusSchema } from './plc.ts'
import { telescopeCommands, telescopeNews, telescopeStatusSchema } from './telescope.ts'

export type Capabilities = {
  readonly commands: Readonly<Record<string, CommandSpec>>
  /** What of a status is news when it becomes another; all of it where it is not as expected. */
  readonly news: (status: unknown) => unknown
}

const newsOf =
  <T>(
    schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
    news: (status: T) => unknown,
  ) =>
  (status: unknown): unknown => {
    const read = schema.safeParse(status)
    return read.success ? news(read.data) : status
  }

const camera: Capabilities = { commands: cameraCommands, news: newsOf(cameraStatusSchema, cameraNews) }

/** What each device can do. */
export const capabilities: Readonly<Record<DeviceName, Capabilities>> = {
  telescope: { commands: telescopeCommands, news: newsOf(telescopeStatusSchema, telescopeNews) },
  dome: { commands: domeCommands, news: newsOf(domeStatusSchema, domeNews) },
  'visible-camera': camera,
  'infrared-camera': camera,
  plc: { commands: plcCommands, news: newsOf(plcStatusSchema, plcNews) },
}

/** Why a command cannot be given at all; null when it can. */
export const wrongCommand = (
  device: DeviceName,
  name: string,
  parameters: unknown,
): { code: 'unknown_command' | 'bad_parameters'; why: string } | null => {
  const { commands } = capabilities[device]
  const spec = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!spec) {
    const known = Object.keys(commands).join(', ') || 'none'
    return { code: 'unknown_command', why: `${device} has no command ${name}; it has ${known}` }
  }
  const read = spec.parameters.safeParse(parameters)
  if (read.success) return null
  const why = read.error.issues.map(({ path, message }) => `${['parameters', ...path].join('.')}: ${message}`)
  return { code: 'bad_parameters', why: why.join('; ') }
}
