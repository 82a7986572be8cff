/** An instant in UTC as ISO 8601 with milliseconds, e.g. `2026-11-21T09:30:00.000Z`: sorts as text, means the same everywhere. */
export type Instant = string

export const instantOf = (epochMs: number): Instant => new Date(epochMs).toISOString()

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const epochMsOf = (instant: Instant): number => Date.parse(instant)

export const secondsBetween = (earlier: Instant, later: Instant): number =>
  (epochMsOf(later) - epochMsOf(earlier)) / 1000

export const addSeconds = (instant: Instant, seconds: number): Instant =>
  instantOf(epochMsOf(instant) + seconds * 1000)
