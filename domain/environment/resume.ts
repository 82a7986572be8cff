import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import { environment } from './decider.ts'
import type { EnvironmentEvent } from './events.ts'
import { gustWindowS } from './gusts.ts'
import type { EnvironmentState } from './state.ts'

export type HappenedEvent = { readonly event: EnvironmentEvent; readonly occurredAt: Instant }

/**
 * Whether a tail of the log is long enough to resume from at `at`: it holds an assessment, which carries all but the gusts,
 * made before the window of the gusts. A log that is read from its beginning is always long enough.
 */
export const reachesBackFarEnough = (tail: readonly HappenedEvent[], at: Instant): boolean =>
  tail.some(
    ({ event, occurredAt }) =>
      event.type === 'EnvironmentAssessed' && secondsBetween(occurredAt, at) >= gustWindowS,
  )

/** The state after a tail of the log, oldest first; it may begin in the streams of the nights before. */
export const resumeEnvironment = (tail: readonly HappenedEvent[]): EnvironmentState =>
  tail.reduce(
    (state, { event, occurredAt }) => environment.evolve(state, event, occurredAt),
    environment.initial,
  )
