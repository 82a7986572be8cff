import type { QuantityName } from './events.ts'
import {
  celsius,
  degrees,
  dewPointCelsius,
  metresPerSecond,
  millibar,
  millimetresPerHour,
  percent,
  type Units,
  volts,
} from './units.ts'

/** What one value of a device tells. */
export type Sensor = {
  readonly measure: string
  /** The quantity it is taken for, whose freshness rules it follows; none for what is only shown. */
  readonly quantity?: QuantityName
} & (
  | { readonly kind: 'number'; readonly units: Units; readonly min: number; readonly max: number }
  | { readonly kind: 'switch' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
)

type Values = Record<string, Sensor>

const number = (
  measure: string,
  units: Units,
  [min, max]: readonly [number, number],
  quantity?: QuantityName,
): Sensor => ({ kind: 'number', measure, units, min, max, ...(quantity && { quantity }) })

const word = (measure: string, words: readonly string[], quantity?: QuantityName): Sensor => ({
  kind: 'word',
  measure,
  words,
  ...(quantity && { quantity }),
})

const onOff = (measure: string, quantity: QuantityName): Sensor => ({ kind: 'switch', measure, quantity })

const outside: Values = {
  OutsideTemp: number('temperature', celsius, [-60, 60], 'temperature'),
  OutsideHumidity: number('humidity', percent, [0, 100], 'humidity'),
  Pressure: number('pressure', millibar, [400, 1100]),
  RainRate: number('rainRate', millimetresPerHour, [0, 500], 'rain'),
  WindSpeed: number('windSpeed', metresPerSecond, [0, 100], 'wind'),
  WindDir: number('windDirection', degrees, [0, 360]),
  DewPoint: number('dewPoint', dewPointCelsius, [-80, 60], 'dewPointDepression'),
}

const inside: Values = {
  InsideTemp: number('insideTemperature', celsius, [-60, 60], 'insideTemperature'),
  InsideHumidity: number('insideHumidity', percent, [0, 100], 'insideHumidity'),
}

const devices: Record<string, Values> = {
  WXT520: outside,
  VantagePro: { ...outside, ...inside },
  DRD11: {
    analog: number('rainAnalog', volts, [0, 10], 'rain'),
    digital: onOff('rainDigital', 'rain'),
  },
  'MLX90614-1': { SkyTemperature: number('skyTemperature', celsius, [-100, 60], 'skyTemperature') },
  SITE: {
    Doors: word('doors', ['open', 'closed'], 'doors'),
    Lights: word('lights', ['on', 'off'], 'lights'),
    Dome: word('dome', ['open', 'closed', 'moving'], 'dome'),
    Shutter: word('shutter', ['open', 'closed', 'moving']),
  },
  UPS: { OnBattery: onOff('onBattery', 'ups'), Charge: number('charge', percent, [0, 100], 'ups') },
  HOST: { DiskFree: number('diskFree', percent, [0, 100], 'disk'), Link: onOff('link', 'link') },
}

/** By device, then by value: all that the rules look at. Any other device or value is kept in the reading and not judged. */
export const sensors: ReadonlyMap<string, ReadonlyMap<string, Sensor>> = new Map(
  Object.entries(devices).map(([name, values]) => [name, new Map(Object.entries(values))]),
)

// A site or host may have only some of these; a weather station that stops sending one of its own is broken.
export const mayLackValues: ReadonlySet<string> = new Set(['SITE', 'HOST'])
