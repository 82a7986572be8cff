import type { Flag } from './events.ts'
import type { DeviceReading } from './readings.ts'
import { sensors } from './sensors.ts'

/** The only word of the PLC that makes a device count. */
export const isValid = (device: DeviceReading): boolean => device.valid === 'yes'

export const flag = (code: Flag['code'], device: string, detail: string, value?: string): Flag => ({
  code,
  device,
  ...(value !== undefined && { value }),
  detail,
})

const withoutSerial = new Set(['', 'unknown'])

/** What is odd about the devices themselves, whatever they measure. All are kept; none is merged with another. */
export const deviceFlags = (devices: readonly DeviceReading[]): Flag[] => {
  const flags: Flag[] = []
  const names = new Set<string>()
  const serials = new Map<string, string>()
  for (const device of devices) {
    const { name, serialNumber } = device
    if (names.has(name)) flags.push(flag('DUPLICATE_DEVICE', name, 'sent more than once; the worse counts'))
    names.add(name)
    const owner = serials.get(serialNumber)
    if (owner !== undefined && owner !== name)
      flags.push(flag('DUPLICATE_SERIAL', name, `${serialNumber} is also the serial number of ${owner}`))
    if (owner === undefined && !withoutSerial.has(serialNumber.toLowerCase())) serials.set(serialNumber, name)
    // Lamps are no sensors, and not odd for it.
    if (device.type !== 'calib' && !sensors.has(name))
      flags.push(flag('UNKNOWN_DEVICE', name, 'no rule reads it; kept in the reading'))
    if (!isValid(device))
      flags.push(flag('INVALID_DEVICE', name, `valid is "${device.valid.slice(0, 40)}"; not used`))
  }
  return flags
}
