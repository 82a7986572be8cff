import { Unreadable } from './quarantine.ts'

const strict = new TextDecoder('utf-8', { fatal: true })

const gzip = (raw: Uint8Array): boolean => raw[0] === 0x1f && raw[1] === 0x8b

/** Bytes as text: strictly UTF-8, a byte order mark taken off. Throws {@link Unreadable}. */
export const decodeText = (raw: Uint8Array, maxBytes: number): string => {
  if (raw.length === 0) throw new Unreadable('empty', 'no bytes at all')
  if (raw.length > maxBytes)
    throw new Unreadable('too-large', `${raw.length} bytes; at most ${maxBytes} are read`)
  if (gzip(raw)) throw new Unreadable('not-utf8', 'the bytes are gzip, not text')
  let text: string
  try {
    text = strict.decode(raw)
  } catch {
    throw new Unreadable('not-utf8', 'the bytes are not UTF-8')
  }
  // UTF-16 without its mark is valid UTF-8 full of zeros, and would hide what is looked for below.
  if (text.includes('\u0000')) throw new Unreadable('not-utf8', 'the text has zero bytes: UTF-16?')
  if (text.trim() === '') throw new Unreadable('empty', 'nothing but blanks')
  return text
}
