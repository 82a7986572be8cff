import { epochMsOf, type Instant, instantOf } from './time.ts'

const dayMs = 86_400_000
const clockTime = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/

/** When a UTC clock first shows `03:12` or `03:12:40` from an instant on; null for what is no time of day. */
export const nextAt = (text: string, from: Instant): Instant | null => {
  const [, hours, minutes, seconds = '0'] = clockTime.exec(text) ?? []
  if (hours === undefined || minutes === undefined) return null
  const startMs = epochMsOf(from)
  const midnightMs = startMs - (startMs % dayMs)
  const sameDayMs = midnightMs + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return instantOf(sameDayMs < startMs ? sameDayMs + dayMs : sameDayMs)
}
