import { type Instant, instantOf } from '#domain/shared/time.ts'

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** A finite number where the whole text is one, blanks around it aside; "12h34m" and "0,05" are none. */
export const numberIn = (text: string | null | undefined): number | null => {
  const trimmed = text?.trim() ?? ''
  if (!decimal.test(trimmed)) return null
  const value = Number(trimmed)
  return Number.isFinite(value) ? value : null
}

/** True or false as missions write it; null for anything else. */
export const flagIn = (text: string | null | undefined): boolean | null => {
  const trimmed = text?.trim().toLowerCase()
  if (trimmed === 'true' || trimmed === '1') return true
  return trimmed === 'false' || trimmed === '0' ? false : null
}

const written = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/

/** A sent time as an instant. A bare time is UTC; a date that is in no calendar is null. */
export const instantIn = (text: string | null | undefined): Instant | null => {
  const [, date, time, fraction = '', zone = 'Z'] = written.exec(text?.trim() ?? '') ?? []
  if (date === undefined || time === undefined) return null
  const day = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(day) || instantOf(day).slice(0, 10) !== date) return null
  const at = Date.parse(`${date}T${time}${fraction.slice(0, 4)}${zone}`)
  return Number.isNaN(at) ? null : instantOf(at)
}
