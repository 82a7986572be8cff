import type { Recorded } from '#domain/shared/event.ts'
import type { EnvironmentAssessed, EnvironmentEvent, Judgement, QuantityName } from './events.ts'
import { isValid } from './flags.ts'
import type { DeviceReading } from './readings.ts'
import { sensors } from './sensors.ts'

/** The quantities a story is about; null for all. */
export type Focus = ReadonlySet<QuantityName> | null

type Figures = Pick<Judgement, 'value' | 'unit' | 'limit' | 'margin' | 'state' | 'since'>

const amount = (value: number | string | boolean, unit: string): string => `${value}${unit ? ` ${unit}` : ''}`

const clockTime = (instant: string): string => `${instant.slice(11, 19)} UTC`

/** What the margin means in words: a plus and a minus are too easily read the wrong way round at night. */
const distance = (margin: number, unit: string): string =>
  margin === 0 ? 'at it' : `${amount(Math.abs(margin), unit)} ${margin > 0 ? 'to go' : 'beyond it'}`

const against = ({ limit, margin, unit }: Figures): string =>
  limit === null || margin === null ? '' : `limit ${amount(limit, unit)}, ${distance(margin, unit)}; `

const measured = ({ value, unit }: Figures): string =>
  value === null ? 'not known' : amount(value, typeof value === 'number' ? unit : '')

const about = (focus: Focus, quantity: QuantityName): boolean => focus === null || focus.has(quantity)

const judged = ({ quantities }: EnvironmentAssessed['data'], focus: Focus): string[] =>
  Object.entries(quantities).flatMap(([name, judgement]) =>
    focus === null || [...focus].some((wanted) => wanted === name)
      ? [
          `${name} ${measured(judgement)}, ${judgement.interpretation} (${against(judgement)}${judgement.state} since ${clockTime(judgement.since)})`,
        ]
      : [],
  )

/** Ice is read from the thermometer, a gust from the wind, the dew point's distance from two values. */
const readFor: Partial<Record<QuantityName, readonly string[]>> = {
  ice: ['temperature'],
  gust: ['windSpeed'],
  dewPointDepression: ['temperature', 'dewPoint'],
}

const tells = (device: string, value: string, focus: Focus): boolean => {
  const sensor = sensors.get(device)?.get(value)
  if (!sensor?.quantity) return false
  if (about(focus, sensor.quantity)) return true
  return [...(focus ?? [])].some((quantity) => readFor[quantity]?.includes(sensor.measure))
}

const sent = (device: DeviceReading, focus: Focus): string[] => {
  const values = device.values
    .filter(({ name }) => tells(device.name, name, focus))
    .map(
      ({ name, value, unit }) =>
        `${name} ${value === null ? 'nothing' : amount(value, typeof value === 'number' && unit !== 'bool' ? unit : '')}`,
    )
  if (values.length === 0) return []
  const used = isValid(device) ? '' : ` (valid "${device.valid}": not used)`
  return [`${device.name} sent ${values.join(', ')}${used}`]
}

/** The quantities an event speaks of, to keep a story about it short. A verdict without reasons speaks of all. */
export const focusOf = (event: EnvironmentEvent): Focus => {
  switch (event.type) {
    case 'SafetyVerdictGiven':
      return event.data.reasons.length === 0
        ? null
        : new Set(event.data.reasons.map(({ quantity }) => quantity))
    case 'EnvironmentWentStale':
      return new Set(event.data.quantities.map(({ quantity }) => quantity))
    case 'EnvironmentAssessed':
    case 'WeatherReadingRecorded':
    case 'SiteReadingRecorded':
    case 'PlcReplyRejected':
    case 'PlcLinkLost':
    case 'PlcLinkRestored':
      return null
  }
}

/** What an event of the environment rests on in figures, a sentence each. */
export const environmentDetails = (event: Recorded<EnvironmentEvent>, focus: Focus): string[] => {
  switch (event.type) {
    case 'SafetyVerdictGiven': {
      const { reasons, reopenExpectedAt } = event.data
      const opens =
        reopenExpectedAt === null ? [] : [`may open at ${clockTime(reopenExpectedAt)} if nothing gets worse`]
      const grounds = reasons.map(
        (reason) => `${reason.text} (${against(reason)}${reason.state} since ${clockTime(reason.since)})`,
      )
      return [...grounds, ...opens]
    }
    case 'EnvironmentAssessed':
      return judged(event.data, focus)
    case 'WeatherReadingRecorded':
    case 'SiteReadingRecorded':
      return event.data.devices.flatMap((device) => sent(device, focus))
    case 'EnvironmentWentStale':
      return event.data.quantities.map(
        ({ quantity, lastSampleAt, staleAfterS }) =>
          `${quantity}: ${lastSampleAt ? `last sample at ${clockTime(lastSampleAt)}` : 'never sampled'}, too old after ${staleAfterS} s`,
      )
    case 'PlcReplyRejected':
      return [`it began ${JSON.stringify(event.data.raw.slice(0, 80))}, ${event.data.rawBytes} bytes in all`]
    case 'PlcLinkLost':
    case 'PlcLinkRestored':
      return []
  }
}
