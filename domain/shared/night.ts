import { epochMsOf, type Instant } from './time.ts'

const halfDayMs = 12 * 3_600_000
const formats = new Map<string, Intl.DateTimeFormat>()

const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** The night an instant belongs to: the local date of its evening, from noon to noon at the site, as `YYYY-MM-DD`. */
export const nightOf = (instant: Instant, timeZone: string): string =>
  formatFor(timeZone).format(epochMsOf(instant) - halfDayMs)

/** The night before, as `YYYY-MM-DD`. */
export const nightBefore = (night: string): string =>
  new Date(epochMsOf(`${night}T00:00:00.000Z`) - 2 * halfDayMs).toISOString().slice(0, 10)
