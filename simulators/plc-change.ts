import { z } from 'zod'
import { deviceSchema, type PlcDevice, type PlcStatus, type PlcValue } from './plc-status.ts'
import { checked, ScenarioError } from './timeline.ts'

/** How a simulated PLC can misbehave when it is asked. */
const replyModes = [
  'not-json',
  'half',
  'silent',
  'glued',
  'split',
  'reset',
  'wrong-shape',
  'too-large',
] as const
export type ReplyMode = (typeof replyModes)[number]

const iterations = z.int().positive()
const outage = z.strictObject({ outage: iterations })
const reply = z.strictObject({ reply: z.enum(replyModes), for: iterations })
const newDevice = z.strictObject({ device: deviceSchema })
const validity = z.strictObject({ device_name: z.string(), valid: z.string() })
const measurement = z
  .strictObject({
    device_name: z.string(),
    value_name: z.string(),
    value: z.union([z.number(), z.string(), z.boolean(), z.null()]).optional(),
    unit: z.string().optional(),
  })
  .refine(({ value, unit }) => value !== undefined || unit !== undefined, {
    error: 'wants a value, a unit or both',
  })

const forms =
  'one of device_name (with value_name and value or unit, or with valid), device, outage, reply (with for)'

/** What an entry does: spoil the line for a while, or change the status for good. */
export type PlcChange =
  | { kind: 'outage'; iterations: number }
  | { kind: 'reply'; mode: ReplyMode; iterations: number }
  | { kind: 'status'; apply: (status: PlcStatus) => PlcStatus }

/** Reads one `plcSimulator` entry against the status it will find; refuses a device or value that is not there (P24). */
export const parsePlcChange = (json: unknown, index: number, status: PlcStatus): PlcChange => {
  const asked = checked(z.record(z.string(), z.unknown()), json, index)
  if ('outage' in asked) return { kind: 'outage', iterations: checked(outage, asked, index).outage }
  if ('reply' in asked) {
    const { reply: mode, for: lasting } = checked(reply, asked, index)
    return { kind: 'reply', mode, iterations: lasting }
  }
  if ('device' in asked) return addition(checked(newDevice, asked, index).device, index, status)
  if ('valid' in asked) {
    const { device_name, valid } = checked(validity, asked, index)
    deviceNamed(device_name, index, status)
    return onDevice(device_name, (device) => ({ ...device, valid }))
  }
  if (!('device_name' in asked)) throw new ScenarioError(index, `plcSimulator wants ${forms}`)
  return remeasured(checked(measurement, asked, index), index, status)
}

const addition = (device: PlcDevice, index: number, status: PlcStatus): PlcChange => {
  if (status.device.some(({ name }) => name === device.name)) {
    throw new ScenarioError(index, `device "${device.name}" is there already`)
  }
  return { kind: 'status', apply: (before) => ({ ...before, device: [...before.device, device] }) }
}

const remeasured = (
  { device_name, value_name, value, unit }: z.output<typeof measurement>,
  index: number,
  status: PlcStatus,
): PlcChange => {
  const { values } = deviceNamed(device_name, index, status)
  if (!values.some(({ name }) => name === value_name)) {
    const allowed = values.map(({ name }) => name).join(', ')
    throw new ScenarioError(index, `${device_name} has no value "${value_name}" (allowed: ${allowed})`)
  }
  const change = ({ value: sent, ...before }: PlcValue): PlcValue => {
    const sends = value === undefined ? sent : value
    return {
      ...before,
      ...(unit === undefined ? {} : { unit }),
      ...(sends === null || sends === undefined ? {} : { value: sends }),
    }
  }
  return onDevice(device_name, (device) => ({
    ...device,
    values: device.values.map((before) => (before.name === value_name ? change(before) : before)),
  }))
}

const deviceNamed = (name: string, index: number, status: PlcStatus): PlcDevice => {
  const found = status.device.find((device) => device.name === name)
  if (found) return found
  const allowed = status.device.map((device) => device.name).join(', ')
  throw new ScenarioError(index, `there is no device "${name}" (allowed: ${allowed})`)
}

const onDevice = (name: string, change: (device: PlcDevice) => PlcDevice): PlcChange => ({
  kind: 'status',
  apply: (status) => ({
    ...status,
    device: status.device.map((device) => (device.name === name ? change(device) : device)),
  }),
})
