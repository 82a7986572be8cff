import { z } from 'zod'

/** What a person wrote is no night. */
export class NightMalformed extends Error {
  constructor(text: string) {
    super(`"${text}" is no night; a night is the date of its evening, e.g. 2026-11-21`)
    this.name = 'NightMalformed'
  }
}

/** A night as a person writes it; throws {@link NightMalformed}. */
export const nightFrom = (text: string): string => {
  const read = z.iso.date().safeParse(text)
  if (!read.success) throw new NightMalformed(text)
  return read.data
}
