const utcText = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/

/**
 * Postgres' text for a timestamptz as the ISO instant that events carry: `2026-11-21T09:38:47.120Z`. Never a `Date`, so a
 * time comes back with the very bytes it was written with; microseconds are kept where there are any.
 */
export const parseInstant = (text: string): string => {
  const [, day, time, fraction = ''] = utcText.exec(text) ?? []
  if (day === undefined) {
    throw new RangeError(
      `timestamptz '${text}' is not a UTC instant of the years 0001 to 9999, as read models hold`,
    )
  }
  return `${day}T${time}.${fraction.padEnd(3, '0')}Z`
}

/** Whole numbers of int8 as numbers; one that a number cannot hold exactly is refused, never rounded. */
export const parseInt8 = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`int8 ${text} is beyond 2^53 - 1: select it as text and read it with BigInt`)
  }
  return value
}
