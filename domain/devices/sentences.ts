import { type DeviceEvent, deviceEvents } from './events.ts'

const types: ReadonlySet<string> = new Set(deviceEvents.map(({ type }) => type))

export const isDeviceEvent = (event: { readonly type: string }): event is DeviceEvent => types.has(event.type)

const said = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : `${value}`)

/** A checksum or an id says nothing to a person. */
const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f-]{32,}$/i.test(value)

const listed = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .filter(([, value]) => !isHash(value))
    .map(([name, value]) => `${name} ${said(value)}`)
    .join(', ')

const withDetail = (what: string, detail: string): string => (detail === '' ? what : `${what}: ${detail}`)

/** What an event of a device says, as one sentence in the observatory's log. */
export const deviceSentence = ({ type, data }: DeviceEvent): string => {
  const { device } = data
  switch (type) {
    case 'DeviceCommandRequested':
      return withDetail(`${device} is asked to ${data.name}`, listed(data.parameters))
    case 'DeviceCommandAgreed':
      return `${device} begins to ${data.name}`
    case 'DeviceCommandRefused':
      return `${device} does not ${data.name}: ${data.why}`
    case 'DeviceCommandCompleted':
      return withDetail(`${device} has done ${data.name}`, listed(data.result))
    case 'DeviceCommandFailed':
      return `${device} failed to ${data.name} (${data.code}): ${data.why}`
    case 'DeviceCommandTimedOut':
      return `${device} was not done with ${data.name} after ${Math.round(data.afterS)} s`
    case 'DeviceStatusRecorded': {
      const faults = data.faults.map(({ text }) => text).join('; ')
      return `${withDetail(device, listed(data.status))}${faults === '' ? '' : `; fault: ${faults}`}`
    }
    case 'DeviceLinkLost':
      return `${device} at ${data.address} does not answer: ${data.detail}`
    case 'DeviceLinkRestored':
      return `${device} at ${data.address} answers again after ${Math.round(data.downS)} s`
    case 'DeviceAlarmRaised':
      return `alarm, ${device}: ${data.text}`
  }
}
