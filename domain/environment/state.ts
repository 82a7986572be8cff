import { eventIdOf } from '#domain/shared/ids.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { DeviceClock } from './device-clock.ts'
import type { EnvironmentAssessed, EnvironmentEvent, Judgement, QuantityName } from './events.ts'
import type { SensorMemory } from './frozen.ts'
import { type Gust, windOf, withWind } from './gusts.ts'
import { becameUnknown } from './judgement.ts'

export type Quantities = Partial<Record<QuantityName, Judgement>>
type Verdict = EnvironmentAssessed['data']['verdict']

/** What the next judgement needs of the past. */
export type EnvironmentState = {
  readonly night: string | null
  readonly poll: number
  /** When the last answered poll was judged: every quantity that is not unknown was sampled then. */
  readonly assessedAt: Instant | null
  readonly readingIds: readonly string[]
  readonly quantities: Quantities
  readonly sensors: SensorMemory
  readonly deviceClock: DeviceClock | null
  readonly gusts: readonly Gust[]
  readonly verdict: Verdict | null
  readonly linkLostAt: Instant | null
  /** The event that told of the outage that is on. */
  readonly linkLostId: string | null
}

export const initialEnvironment: EnvironmentState = {
  night: null,
  poll: 0,
  assessedAt: null,
  readingIds: [],
  quantities: {},
  sensors: {},
  deviceClock: null,
  gusts: [],
  verdict: null,
  linkLostAt: null,
  linkLostId: null,
}

const assessed = (
  state: EnvironmentState,
  { night, poll, readingIds, quantities, sensors, deviceClock, verdict }: EnvironmentAssessed['data'],
  assessedAt: Instant,
): EnvironmentState => ({
  ...state,
  night,
  poll,
  assessedAt,
  readingIds,
  quantities,
  sensors,
  deviceClock,
  verdict,
})

/** The quantities after some of them have grown stale. */
export const withStale = (
  quantities: Quantities,
  stale: readonly { quantity: QuantityName }[],
  at: Instant,
): Quantities => {
  const after = { ...quantities }
  for (const { quantity } of stale) {
    const before = quantities[quantity]
    if (before) after[quantity] = becameUnknown(before, at)
  }
  return after
}

/** A loss is the first event of its poll. */
const plcLinkLostId = (pollId: string | undefined): string | null =>
  pollId === undefined ? null : eventIdOf(pollId, 0)

export const evolve = (
  state: EnvironmentState,
  event: EnvironmentEvent,
  occurredAt: Instant,
): EnvironmentState => {
  switch (event.type) {
    case 'WeatherReadingRecorded':
      return { ...state, gusts: withWind(state.gusts, windOf(event.data.devices), occurredAt) }
    case 'EnvironmentAssessed':
      return assessed(state, event.data, occurredAt)
    case 'EnvironmentWentStale':
      return { ...state, quantities: withStale(state.quantities, event.data.quantities, occurredAt) }
    case 'SafetyVerdictGiven': {
      const { state: given, reopenExpectedAt } = event.data
      const since = state.verdict?.state === given ? state.verdict.since : occurredAt
      return { ...state, verdict: { state: given, since, reopenExpectedAt } }
    }
    case 'PlcLinkLost':
      return { ...state, linkLostAt: occurredAt, linkLostId: plcLinkLostId(event.data.pollId) }
    case 'PlcLinkRestored':
      return { ...state, linkLostAt: null, linkLostId: null }
    case 'SiteReadingRecorded':
    case 'PlcReplyRejected':
      return state
  }
}
