import type { Instant } from './time.ts'
import { epochMsOf, instantOf } from './time.ts'

const minuteMs = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  formats.set(timeZone, made)
  return made
}

/** What a clock on the wall at the site shows: `2026-11-20 19:12:05`. */
export const wallClock = (instant: Instant, timeZone: string): string =>
  formatFor(timeZone).format(epochMsOf(instant))

/** How far the site's clock is ahead of UTC at an instant. */
const offsetMs = (epochMs: number, timeZone: string): number =>
  epochMsOf(`${wallClock(instantOf(epochMs), timeZone).replace(' ', 'T')}Z`) -
  Math.floor(epochMs / 1000) * 1000

const daysLater = (date: string, days: number): string =>
  instantOf(epochMsOf(`${date}T00:00:00.000Z`) + days * 24 * 60 * minuteMs).slice(0, 10)

/** Noon of a date at the site. Clocks are not changed around noon anywhere, so there is just one. */
const noonOn = (date: string, timeZone: string): Instant => {
  const asIfUtc = epochMsOf(`${date}T12:00:00.000Z`)
  const nearly = asIfUtc - offsetMs(asIfUtc, timeZone)
  return instantOf(asIfUtc - offsetMs(nearly, timeZone))
}

/** From when to when a night is: noon to noon at the site. 23 or 25 hours where the clocks are changed in it. */
export const nightSpan = (night: string, timeZone: string): { begins: Instant; ends: Instant } => ({
  begins: noonOn(night, timeZone),
  ends: noonOn(daysLater(night, 1), timeZone),
})
