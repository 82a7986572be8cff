import type { Flag, QuantityName } from './events.ts'
import { flag, isValid } from './flags.ts'
import type { DeviceReading } from './readings.ts'
import { type Measured, measuredBy } from './sensor-value.ts'
import { mayLackValues, type Sensor, sensors } from './sensors.ts'

/** One usable value, in our unit. */
export type Sample = {
  /** `device/value`, with `#2` where a name comes twice. */
  readonly key: string
  readonly device: DeviceReading
  readonly value: string
  readonly sensor: Sensor
  readonly measured: Measured
}

export type Samples = {
  readonly samples: readonly Sample[]
  /** Quantities that some device spoke of, usably or not. */
  readonly reported: ReadonlySet<QuantityName>
  readonly flags: readonly Flag[]
}

const keysInUse = () => {
  const uses = new Map<string, number>()
  return (key: string): string => {
    const count = (uses.get(key) ?? 0) + 1
    uses.set(key, count)
    return count === 1 ? key : `${key}#${count}`
  }
}

const missing = (device: DeviceReading, values: ReadonlyMap<string, Sensor>): Flag[] =>
  mayLackValues.has(device.name)
    ? []
    : [...values.keys()]
        .filter((name) => !device.values.some((value) => value.name === name))
        .map((name) => flag('MISSING_VALUE', device.name, 'not sent', name))

/** The samples the rules may look at: of valid devices, with the expected unit, in a plausible range. */
export const samplesOf = (devices: readonly DeviceReading[]): Samples => {
  const samples: Sample[] = []
  const reported = new Set<QuantityName>()
  const flags: Flag[] = []
  const keyFor = keysInUse()
  for (const device of devices) {
    const known = sensors.get(device.name)
    if (!known) continue
    for (const value of device.values) {
      const sensor = known.get(value.name)
      if (!sensor) continue
      if (sensor.quantity) reported.add(sensor.quantity)
      if (!isValid(device)) continue
      const measured = measuredBy(sensor, value)
      if (typeof measured === 'object') {
        flags.push(flag(measured.code, device.name, measured.detail, value.name))
        continue
      }
      samples.push({
        key: keyFor(`${device.name}/${value.name}`),
        device,
        value: value.name,
        sensor,
        measured,
      })
    }
    if (isValid(device)) flags.push(...missing(device, known))
  }
  return { samples, reported, flags }
}
