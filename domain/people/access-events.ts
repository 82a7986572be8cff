import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import { rightSchema } from './rights.ts'

// An address is personal data, and an event cannot be erased.
const from = z.enum(['loopback', 'network'])

export const signedIn = defineEvent('SignedIn', {
  version: 1,
  schema: z.object({ userId: z.string(), from }),
})

export const signInRefused = defineEvent('SignInRefused', {
  version: 1,
  schema: z.object({
    /** Null for somebody unknown: a user may have typed the password where the name belongs. */
    userId: z.string().nullable(),
    why: z.enum(['user_unknown', 'password_wrong', 'password_missing', 'user_erased']),
    from,
  }),
})

/** The first or another one; all that was signed in with the one before is signed out. */
export const passwordSet = defineEvent('PasswordSet', {
  version: 1,
  schema: z.object({ userId: z.string() }),
})

/** A program may act for a user. What the user calls it is not on record, as names can be anybody's. */
export const tokenIssued = defineEvent('TokenIssued', {
  version: 1,
  schema: z.object({
    userId: z.string(),
    tokenId: z.string(),
    scopes: z.array(rightSchema),
    expiresAt: z.iso.datetime().nullable(),
  }),
})

export const tokenRevoked = defineEvent('TokenRevoked', {
  version: 1,
  schema: z.object({ userId: z.string(), tokenId: z.string() }),
})

export const accessEvents = [signedIn, signInRefused, passwordSet, tokenIssued, tokenRevoked] as const

export type AccessEvent = EventOf<(typeof accessEvents)[number]>
export type SignInRefusal = EventOf<typeof signInRefused>['data']['why']
export type CameFrom = z.output<typeof from>

const types: ReadonlySet<string> = new Set(accessEvents.map(({ type }) => type))

export const isAccessEvent = <E extends DomainEvent>(event: E): event is E & AccessEvent =>
  types.has(event.type)
