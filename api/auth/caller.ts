import type { FastifyRequest } from 'fastify'
import type { Right } from '#domain/people/rights.ts'
import type { Actor } from '#domain/shared/metadata.ts'

/**
 * Who asks. `local`: a program that can read the data folder. `demo`: anybody on the same machine, where looking is free.
 */
export type Caller = {
  readonly kind: 'session' | 'token' | 'local' | 'demo' | 'nobody'
  /** Who it is in the log; null for `demo` and `nobody`, who give no commands. */
  readonly user: string | null
  readonly rights: readonly Right[]
  /** Who or what speaks for the user, where it is not the user. */
  readonly via?: string
  /** Of the session, to end it. */
  readonly key?: Buffer
  readonly expiresAt?: string
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
}

export const nobody: Caller = { kind: 'nobody', user: null, rights: [] }

export const may = ({ caller }: FastifyRequest, right: Right): boolean => caller.rights.includes(right)

/** Whether a request is the user's own affair: signed in as the user, not by a program that acts for the user. */
export const isSelf = ({ caller }: FastifyRequest, userId: string): boolean =>
  caller.kind === 'session' && caller.user === userId

/** Who a command is from, for the log. */
export const actorOf = ({ caller: { user, via } }: FastifyRequest): Actor => {
  if (user === null) throw new Error('a route that gives commands lets nobody in who is nobody')
  return { kind: 'user', id: user, ...(via === undefined ? {} : { via }) }
}
