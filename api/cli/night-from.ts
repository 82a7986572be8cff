import { InvalidArgumentError } from 'commander'
import { z } from 'zod'

/** A night from the command line. */
export const nightFrom = (text: string): string => {
  if (z.iso.date().safeParse(text).success) return text
  throw new InvalidArgumentError('a night is a date like 2026-12-12: the local date of its evening.')
}

/** An instant from the command line. */
export const instantFrom = (text: string): string => {
  if (z.iso.datetime().safeParse(text).success) return text
  throw new InvalidArgumentError('an instant is in UTC, like 2026-12-13T04:30:00Z.')
}
