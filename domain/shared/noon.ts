import { epochMsOf, type Instant, instantOf } from './time.ts'
import { wallClock } from './wall-clock.ts'

const dayMs = 24 * 3_600_000

/** How far the site's clock is ahead of UTC at an instant. */
const offsetMs = (epochMs: number, timeZone: string): number =>
  epochMsOf(`${wallClock(instantOf(epochMs), timeZone).replace(' ', 'T')}Z`) -
  Math.floor(epochMs / 1000) * 1000

const daysLater = (date: string, days: number): string =>
  instantOf(epochMsOf(`${date}T00:00:00.000Z`) + days * dayMs).slice(0, 10)

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
