import { addSeconds, type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { Judgement } from './events.ts'
import type { Moment } from './hysteresis.ts'
import type { Limit } from './limit-table.ts'

/** The state of a quantity after its delays, and what the next sample needs to know of it. */
export type Settled = Pick<
  Judgement,
  'state' | 'since' | 'notSafeAt' | 'unsafeAt' | 'breachedSince' | 'safeExpectedAt'
>

const since = (before: Settled | undefined, state: Judgement['state'], at: Instant): Instant =>
  before?.state === state ? before.since : at

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)

/** When the good-for delays have passed. */
const releaseOf = (limit: Limit, notSafeAt: Instant, unsafeAt: Instant | undefined): Instant => {
  const afterUnknown = addSeconds(notSafeAt, limit.afterUnknownS ?? limit.goodForS)
  return unsafeAt === undefined ? afterUnknown : later(afterUnknown, addSeconds(unsafeAt, limit.goodForS))
}

export const unknownFrom = (before: Settled | undefined, at: Instant): Settled => ({
  state: 'unknown',
  since: since(before, 'unknown', at),
  notSafeAt: at,
  ...(before?.unsafeAt !== undefined && { unsafeAt: before.unsafeAt }),
  breachedSince: null,
  safeExpectedAt: null,
})

const breached = (
  { atOnce }: Moment,
  before: Settled | undefined,
  limit: Limit,
  at: Instant,
  mayBeOpen: boolean,
): Settled => {
  const breachedSince = before?.breachedSince ?? at
  const lasted = atOnce || secondsBetween(breachedSince, at) >= limit.badForS
  const state = lasted || !mayBeOpen ? 'unsafe' : 'warn'
  return {
    state,
    since: since(before, state, at),
    notSafeAt: at,
    ...(limit.afterUnknownS !== undefined && { unsafeAt: at }),
    breachedSince,
    safeExpectedAt: null,
  }
}

const good = (
  { warn }: Moment,
  before: Settled | undefined,
  limit: Limit,
  at: Instant,
  mayBeOpen: boolean,
): Settled => {
  // Unknown lasts until the first good sample, so the delay runs from that one.
  const notSafeAt = before && before.state !== 'unknown' ? before.notSafeAt : at
  const unsafeAt = before?.unsafeAt
  const release = notSafeAt === null ? at : releaseOf(limit, notSafeAt, unsafeAt)
  const held = secondsBetween(at, release) > 0
  const heldState = mayBeOpen ? 'warn' : 'unsafe'
  const state = held ? heldState : warn ? 'warn' : 'safe'
  return {
    state,
    since: since(before, state, at),
    notSafeAt: held ? notSafeAt : null,
    ...(held && unsafeAt !== undefined && { unsafeAt }),
    breachedSince: null,
    safeExpectedAt: held ? release : null,
  }
}

/**
 * Bad-for delays only the step from open to closed; a closed roof stays closed until the good-for delay has run from the
 * last sample that was not safe, and a breach too short to close still forbids `safe` for as long.
 */
export const settle = (
  moment: Moment | undefined,
  before: Settled | undefined,
  limit: Limit,
  at: Instant,
): Settled => {
  if (!moment) return unknownFrom(before, at)
  const mayBeOpen = before?.state === 'safe' || before?.state === 'warn'
  return moment.unsafe
    ? breached(moment, before, limit, at, mayBeOpen)
    : good(moment, before, limit, at, mayBeOpen)
}
