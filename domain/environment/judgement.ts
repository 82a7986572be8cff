import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import { settle, unknownFrom } from './delays.ts'
import type { Judgement, QuantityName } from './events.ts'
import { momentOf, sidesOf } from './hysteresis.ts'
import type { Limit, Side } from './limit-table.ts'
import type { Observation } from './quantities.ts'
import { actionFor, interpretationOf } from './synthesis.ts'

/** Judged on the full value; three decimals are plenty to look at, and an event is written every two seconds. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000 + 0

const distance = (value: number, { unsafe }: Side): number =>
  unsafe.op === '>=' || unsafe.op === '>' ? unsafe.at - value : value - unsafe.at

const nearest = (value: Judgement['value'], limit: Limit): Pick<Judgement, 'limit' | 'margin'> => {
  if (typeof value !== 'number') return { limit: null, margin: null }
  const [first, second] = sidesOf(limit)
  if (!first) return { limit: null, margin: null }
  const side = second && distance(value, second) < distance(value, first) ? second : first
  return { limit: rounded(side.unsafe.at), margin: rounded(distance(value, side)) }
}

/** What a quantity becomes when its last sample has grown too old. */
export const becameUnknown = (before: Judgement, at: Instant): Judgement => ({
  ...before,
  value: null,
  interpretation: 'unknown',
  action: actionFor('unknown'),
  limit: null,
  margin: null,
  ...unknownFrom(before, at),
})

/** A gap without samples that is longer than the stale limit counts as unknown, told or not. */
const aged = (
  before: Judgement | undefined,
  lastSampleAt: Instant | null,
  limit: Limit,
  at: Instant,
): Judgement | undefined =>
  before && (lastSampleAt === null || secondsBetween(lastSampleAt, at) > limit.staleAfterS)
    ? becameUnknown(before, at)
    : before

const momentaryOf = (before: Judgement | undefined): 'safe' | 'unsafe' | 'unknown' => {
  if (!before || before.state === 'unknown') return 'unknown'
  return before.breachedSince === null ? 'safe' : 'unsafe'
}

/** The judgement of one quantity after one poll; without an observation it is unknown. */
export const judge = (
  quantity: QuantityName,
  observation: Observation | undefined,
  previous: Judgement | undefined,
  limit: Limit,
  { at, lastSampleAt }: { at: Instant; lastSampleAt: Instant | null },
): Judgement => {
  const before = aged(previous, lastSampleAt, limit, at)
  const moment =
    observation &&
    momentOf(observation, limit, { momentary: momentaryOf(before), warned: before?.state === 'warn' })
  const settled = settle(moment, before, limit, at)
  const value = observation?.value ?? null
  return {
    value: typeof value === 'number' ? rounded(value) : value,
    unit: limit.unit,
    interpretation: interpretationOf(quantity, observation),
    action: actionFor(settled.state),
    ...nearest(value, limit),
    ...settled,
  }
}
