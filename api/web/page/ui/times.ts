/** Times as people read them. UTC first; the site's own beside it. */

const two = (n: number): string => `${n}`.padStart(2, '0')

export const clockOf = (ms: number): string => {
  const at = new Date(ms)
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
}

export const minutesOf = (ms: number): string => clockOf(ms).slice(0, 5)

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const formats = new Map<string, Intl.DateTimeFormat>()

const formatIn = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(timeZone, made)
  return made
}

/** The hour at the site. */
export const siteClockOf = (ms: number, timeZone: string): string => formatIn(timeZone).format(ms)

/** "14 s", "3 min 20 s", "2 h 5 min", "3 d 4 h": two units at the most. */
export const spanOf = (seconds: number): string => {
  const s = Math.max(0, Math.round(seconds))
  if (s < 60) return `${s} s`
  if (s < 3600)
    return s % 60 === 0 || s >= 600 ? `${Math.floor(s / 60)} min` : `${Math.floor(s / 60)} min ${s % 60} s`
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`
}

/** Milliseconds, as long as they are told apart. */
export const latencyOf = (ms: number): string => (ms < 10_000 ? `${Math.round(ms)} ms` : spanOf(ms / 1000))
