import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { Judgement, QuantityName, SafetyVerdictGiven } from './events.ts'
import { sidesOf } from './hysteresis.ts'
import { rounded } from './judgement.ts'
import type { Limit, Side, Threshold } from './limit-table.ts'

export type Reason = SafetyVerdictGiven['data']['reasons'][number]

const names: Readonly<Record<QuantityName, string>> = {
  rain: 'rain',
  wind: 'wind',
  gust: 'gust of the last 5 minutes',
  humidity: 'humidity',
  dewPointDepression: 'temperature above the dew point',
  temperature: 'temperature',
  skyTemperature: 'sky temperature',
  ice: 'temperature (ice)',
  insideHumidity: 'inside humidity',
  insideTemperature: 'inside temperature',
  doors: 'door or hatch',
  lights: 'lights',
  dome: 'dome',
  ups: 'UPS charge',
  link: 'link to the outside',
  disk: 'free disk space',
}

const tenths = (value: number): string => `${Math.round(value * 10) / 10}`
const clockTime = (instant: Instant): string => `${instant.slice(11, 19)} UTC`

/** With its date where that is another than the delay began on. */
const endOf = (from: Instant, until: Instant): string =>
  until.slice(0, 10) === from.slice(0, 10) ? clockTime(until) : `${until.slice(0, 10)} ${clockTime(until)}`

const places = { '<': 'below', '<=': 'at or below', '>': 'above', '>=': 'at or above' } as const

const level = ({ op, at }: Threshold, unit: string): string =>
  op === '<=' && at === 0 ? `at 0 ${unit}` : `${places[op]} ${tenths(at)} ${unit}`

const sideOf = (judgement: Judgement, limit: Limit): Side | undefined =>
  sidesOf(limit).find(({ unsafe }) => rounded(unsafe.at) === judgement.limit)

const subject = (quantity: QuantityName, { value, unit }: Judgement): string =>
  typeof value === 'number' ? `${names[quantity]} ${tenths(value)} ${unit}` : names[quantity]

/** Where a sample that is not safe stands: beyond the limit, between the two, or unsafe by a contact's word. */
const standing = (judgement: Judgement, side: Side | undefined, hazard: boolean): string => {
  const { interpretation, unit, margin } = judgement
  if (hazard || !side || margin === null) return `: ${interpretation}`
  if (margin > 0) return ` is not yet ${level(side.safe, unit)}`
  const { op } = side.unsafe
  const beyond = op === '>' || op === '>=' ? 'over' : 'under'
  return ` is ${margin === 0 ? 'at' : beyond} its limit of ${tenths(side.unsafe.at)} ${unit}`
}

const isHazard = ({ interpretation }: Judgement): boolean =>
  interpretation === 'rain detected' || interpretation === 'on battery'

const closedUntil = (judgement: Judgement, limit: Limit, side: Side | undefined, hazard: boolean): string => {
  if (!side || hazard)
    return limit.goodForS > 0 ? `closed until normal for ${limit.goodForS} s` : 'closed until normal'
  const wanted = level(side.safe, judgement.unit)
  return limit.goodForS > 0 ? `closed until ${limit.goodForS} s ${wanted}` : `closed until ${wanted}`
}

const unknown = (quantity: QuantityName, { since }: Judgement, limit: Limit): string =>
  `${names[quantity]} is unknown since ${clockTime(since)}; closed until it is measured and safe for ${limit.afterUnknownS ?? limit.goodForS} s`

const held = (who: string, { state, notSafeAt, safeExpectedAt }: Judgement): string => {
  if (notSafeAt === null || safeExpectedAt === null) return `${who} is good`
  const until = `until ${endOf(notSafeAt, safeExpectedAt)}`
  return state === 'unsafe'
    ? `${who} is good; closed ${until}, ${secondsBetween(notSafeAt, safeExpectedAt)} s after it was last unsafe or unknown`
    : `${who} is good after a short breach; nothing long starts ${until}`
}

const sentence = (quantity: QuantityName, judgement: Judgement, limit: Limit): string => {
  const { state, breachedSince, safeExpectedAt } = judgement
  if (state === 'unknown') return unknown(quantity, judgement, limit)
  const side = sideOf(judgement, limit)
  const who = subject(quantity, judgement)
  if (breachedSince !== null) {
    const hazard = isHazard(judgement)
    const stands = `${who}${standing(judgement, side, hazard)}`
    return state === 'unsafe'
      ? `${stands}; ${closedUntil(judgement, limit, side, hazard)}`
      : `${stands}; closes if that lasts ${limit.badForS} s from ${clockTime(breachedSince)}`
  }
  if (safeExpectedAt !== null) return held(who, judgement)
  return `${who} is near its limit of ${tenths(judgement.limit ?? 0)} ${judgement.unit}`
}

/** Why a quantity that is not safe is not, for a person at three in the morning. */
export const reasonFor = (quantity: QuantityName, judgement: Judgement, limit: Limit): Reason => ({
  quantity,
  state: judgement.state,
  text: sentence(quantity, judgement, limit),
  value: judgement.value,
  unit: judgement.unit,
  limit: judgement.limit,
  margin: judgement.margin,
  since: judgement.since,
})
