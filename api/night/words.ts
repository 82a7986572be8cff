import type { Instant } from '#domain/shared/time.ts'
import { wallClock } from '#domain/shared/wall-clock.ts'

/** `9 h 31 min`, `12 min 5 s`, `5 s`. */
export const duration = (seconds: number): string => {
  const s = Math.round(seconds)
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
  return s >= 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s} s`
}

export const utcMinute = (instant: Instant): string => instant.slice(11, 16)
export const utcSecond = (instant: Instant): string => instant.slice(11, 19)
export const siteMinute = (instant: Instant, timeZone: string): string =>
  wallClock(instant, timeZone).slice(11, 16)

const grouping = new Intl.NumberFormat('en-GB')

/** `2,345 events`; `1 event`. */
export const count = (n: number, noun: string): string => `${grouping.format(n)} ${noun}${n === 1 ? '' : 's'}`

/** A name in the code as words: `dewPointDepression` is `dew point depression`. */
export const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

export const upToTenths = (value: number): string => `${Math.round(value * 10) / 10}`
