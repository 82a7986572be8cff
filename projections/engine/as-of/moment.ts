import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf, type Instant } from '#domain/shared/time.ts'

/** A point in the log's past: all events up to an instant, by our clock, or up to a commit position. */
export type Moment = { readonly at: Instant } | { readonly position: bigint }

/** There is no answer as of a moment; `code` is for programs. */
export class NoSuchMoment extends Error {
  readonly code: 'instant_in_future' | 'before_the_log' | 'position_beyond_end'
  constructor(code: NoSuchMoment['code'], message: string) {
    super(message)
    this.name = 'NoSuchMoment'
    this.code = code
  }
}

/** The answer takes longer than a request may wait; it is being prepared and will be there in a while. */
export class MomentBeingPrepared extends Error {
  constructor(events: number) {
    super(`the log is being replayed up to that moment, ${events} events so far; ask again`)
    this.name = 'MomentBeingPrepared'
  }
}

export const keyOf = (moment: Moment): string =>
  'at' in moment ? `at ${epochMsOf(moment.at)}` : `position ${moment.position}`

/** Whether an event was in the log by then. */
export const isBy = (moment: Moment, { position, metadata }: Recorded): boolean =>
  'at' in moment ? epochMsOf(metadata.occurredAt) <= epochMsOf(moment.at) : position.commit <= moment.position
