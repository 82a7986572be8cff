import type { SafetyVerdictGiven } from '#domain/environment/events.ts'
import { addSeconds, type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { PlanInput } from '../input.ts'

type Closed = {
  readonly eventId: string
  readonly since: Instant
  /** Null when nobody can tell. */
  readonly until: Instant | null
  readonly why: string
}

/** What keeps the telescope from observing: the weather, or somebody. */
export type Roof = { readonly verdict: Closed | null; readonly suspension: Closed | null }

export const openRoof: Roof = { verdict: null, suspension: null }

/** How long a closure of unknown end is taken to last, again and again. */
const unknownS = 3600
/** An expected reopening that moves by less is no news. */
const newsS = 300

/** The closure that a verdict means; null when the roof may be open. */
export const closedBy = (
  { state, reasons, reopenExpectedAt }: SafetyVerdictGiven['data'],
  { eventId, at }: { readonly eventId: string; readonly at: Instant },
): Closed | null =>
  state === 'safe' || state === 'warn'
    ? null
    : { eventId, since: at, until: reopenExpectedAt, why: reasons[0]?.text ?? `the verdict is ${state}` }

/** Whether another closure asks for another plan. */
export const isNews = (before: Closed | null, after: Closed | null): boolean => {
  if (!before || !after) return before !== after
  if (before.until === null || after.until === null) return before.until !== after.until
  return Math.abs(secondsBetween(before.until, after.until)) > newsS
}

const endOf = ({ since, until }: Closed, at: Instant): Instant => {
  if (until !== null && until > at) return until
  const begun = until ?? since
  return addSeconds(begun, unknownS * (Math.floor(secondsBetween(begun, at) / unknownS) + 1))
}

/** When nothing can be observed, as far as is known at an instant. */
export const closuresAt = ({ verdict, suspension }: Roof, at: Instant): PlanInput['closures'] =>
  [verdict, suspension].flatMap((closed) =>
    closed ? [{ from: at, until: endOf(closed, at), why: closed.why }] : [],
  )
