import { uuidFrom } from '#domain/shared/ids.ts'

// Crockford's: no letters that are taken for digits.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const length = 10

/**
 * Derived from the command that drafts it, so that a command repeated is the same request: `r` and ten letters or digits,
 * 50 bits. `commandId` is a UUID.
 */
export const requestIdOf = (commandId: string): string => {
  const bits = BigInt(`0x${uuidFrom('request', commandId).replaceAll('-', '').slice(0, 13)}`) >> 2n
  const letters = Array.from({ length }, (_, i) => alphabet.charAt(Number((bits >> BigInt(5 * i)) & 31n)))
  return `r${letters.join('')}`
}

/** The `n`-th sequence that a request ever had, from 1. */
export const sequenceIdOf = (requestId: string, n: number): string => `${requestId}.${n}`

/** The request a sequence leads back to (P31). */
export const requestOfSequence = (sequenceId: string): string => sequenceId.replace(/\.\d+$/, '')
