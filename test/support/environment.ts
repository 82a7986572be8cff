import type {
  RecordPlcReply,
  RecordPlcReplyRejected,
  RecordPlcUnreachable,
} from '#domain/environment/commands.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import type { DeviceReading, DeviceValue, PlcReply } from '#domain/environment/readings.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'

export const dusk: Instant = '2026-11-21T02:00:00.000Z'
export const night = '2026-11-20'
export const instantAt = (seconds: number): Instant => addSeconds(dusk, seconds)

const rules = safetyRules()
const address = '127.0.0.1:5003'
type Sent = DeviceValue['value']

const about = (seconds: number) => ({
  commandId: uuidFrom(`${seconds}`, noctuaryNamespace),
  at: instantAt(seconds),
  night,
  rules,
  address,
})

export const reply = (
  seconds: number,
  answer: PlcReply,
  more: Partial<Omit<RecordPlcReply, 'type'>> = {},
): RecordPlcReply => ({
  type: 'RecordPlcReply',
  ...about(seconds),
  reply: answer,
  validPolicy: 'strict',
  ...more,
})

export const rejected = (
  seconds: number,
  more: Partial<Omit<RecordPlcReplyRejected, 'type'>> = {},
): RecordPlcReplyRejected => ({
  type: 'RecordPlcReplyRejected',
  ...about(seconds),
  reason: 'INVALID_JSON',
  detail: 'Unexpected end of JSON input',
  raw: '[{"name":"STATUS"',
  rawBytes: 17,
  ...more,
})

export const unreachable = (
  seconds: number,
  more: Partial<Omit<RecordPlcUnreachable, 'type'>> = {},
): RecordPlcUnreachable => ({
  type: 'RecordPlcUnreachable',
  ...about(seconds),
  phase: 'connect',
  detail: 'nobody listens',
  ...more,
})

const units: Readonly<Record<string, string>> = {
  OutsideTemp: 'Celcius',
  InsideTemp: 'Celcius',
  SkyTemperature: 'Celcius',
  DewPoint: 'deg',
  OutsideHumidity: 'percent',
  InsideHumidity: 'percent',
  Pressure: 'mbar',
  RainRate: 'mm/h',
  WindSpeed: 'm/s',
  WindDir: 'deg',
  analog: 'V',
  digital: 'bool',
  OnBattery: 'bool',
  Charge: 'percent',
  DiskFree: 'percent',
  Link: 'bool',
}

export const device = (
  name: string,
  type: string,
  values: Readonly<Record<string, Sent>>,
  valid = 'yes',
): DeviceReading => ({
  name,
  type,
  serialNumber: `serial of ${name}`,
  valid,
  values: Object.entries(values).map(([value, sent]) => ({
    name: value,
    value: sent,
    unit: units[value] ?? 'string',
  })),
})

export type Weather = Readonly<Record<string, Sent>>

const fine: Weather = {
  OutsideTemp: 12,
  OutsideHumidity: 40,
  Pressure: 769,
  RainRate: 0,
  WindSpeed: 3,
  WindDir: 200,
  DewPoint: 0,
  InsideTemp: 12,
  InsideHumidity: 40,
}

/** A fine evening as one weather station, a rain detector and a sky sensor tell it; `changed` replaces some values. */
export const weather = (
  changed: Weather & { readonly SkyTemperature?: Sent; readonly analog?: Sent; readonly digital?: Sent } = {},
  { at = dusk, others = [] }: { at?: Instant; others?: readonly DeviceReading[] } = {},
): PlcReply => {
  const { SkyTemperature = -30, analog = 3, digital = 1, ...station } = changed
  return {
    source: { from: 'Beckhoff', firmware: '20170809', site: 'OSM-Mexico', date: at.slice(0, 19) },
    devices: [
      device('VantagePro', 'meteo', { ...fine, ...station }),
      device('DRD11', 'meteo', { analog, digital }),
      device('MLX90614-1', 'meteo', { SkyTemperature }),
      ...others,
    ],
  }
}

/** Fine weather every two seconds; values tremble a little, as real ones do. */
export const fineWeather = (fromS: number, toS: number, stepS = 2): RecordPlcReply[] => {
  const commands: RecordPlcReply[] = []
  for (let s = fromS; s <= toS; s += stepS) {
    const tremble = (commands.length % 2) / 100
    commands.push(
      reply(
        s,
        weather(
          {
            OutsideTemp: 12 + tremble,
            OutsideHumidity: 40 + tremble,
            WindSpeed: 3 + tremble,
            DewPoint: tremble,
            InsideTemp: 12 + tremble,
            InsideHumidity: 40 + tremble,
            SkyTemperature: -30 - tremble,
          },
          { at: instantAt(s) },
        ),
      ),
    )
  }
  return commands
}
