import { epochMsOf, type Instant } from './time.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  // Swedish dates are ISO dates.
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  formats.set(timeZone, made)
  return made
}

/** What a clock on the wall at the site shows: `2026-11-20 19:12:05`. */
export const wallClock = (instant: Instant, timeZone: string): string =>
  formatFor(timeZone).format(epochMsOf(instant))
