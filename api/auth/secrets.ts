import { randomBytes, timingSafeEqual } from 'node:crypto'
import { sha256 } from '#domain/shared/hash.ts'

/** 256 bits that nobody guesses, so their plain SHA-256 is as good as a slow hash. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** All that is kept of a secret. */
export const keyOf = (secret: string): Buffer => sha256(secret)

export const isSecret = (given: string, key: Buffer): boolean => timingSafeEqual(keyOf(given), key)
