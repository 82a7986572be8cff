import { epochMsOf, type Instant } from './time.ts'
import { wallClock } from './wall-clock.ts'

const dayMs = 24 * 3_600_000

/** The night before, as `YYYY-MM-DD`. */
export const nightBefore = (night: string): string =>
  new Date(epochMsOf(`${night}T00:00:00.000Z`) - dayMs).toISOString().slice(0, 10)

/** The night after, as `YYYY-MM-DD`. */
export const nightAfter = (night: string): string =>
  new Date(epochMsOf(`${night}T00:00:00.000Z`) + dayMs).toISOString().slice(0, 10)

/**
 * The night an instant belongs to: the local date of its evening, from noon to noon at the site, as `YYYY-MM-DD`. By the
 * clock on the wall, as twelve hours back is another noon on the day when clocks are changed.
 */
export const nightOf = (instant: Instant, timeZone: string): string => {
  // Asked for every event there is, mostly in the same minute as before.
  const minute = `${instant.slice(0, 16)} ${timeZone}`
  if (minute === lastAsked.minute) return lastAsked.night
  const shown = wallClock(instant, timeZone)
  const date = shown.slice(0, 10)
  const night = shown.slice(11) < '12' ? nightBefore(date) : date
  lastAsked = { minute, night }
  return night
}

let lastAsked = { minute: '', night: '' }
