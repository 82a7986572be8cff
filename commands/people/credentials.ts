import type { Right } from '#domain/people/rights.ts'
import type { Instant } from '#domain/shared/time.ts'

/** Somebody who signed in with a password. */
export type Session = {
  readonly userId: string
  /** Of the user's stream when they signed in: with another the roles are others, or the user is erased. */
  readonly userRevision: bigint
  readonly beganAt: Instant
  readonly seenAt: Instant
}

/** A program that may act for a user. */
export type Token = {
  readonly id: string
  readonly userId: string
  /** What the user calls it. */
  readonly name: string
  readonly scopes: readonly Right[]
  readonly createdAt: Instant
  readonly expiresAt: Instant | null
  readonly usedAt: Instant | null
}

/**
 * What people and programs show to be let in: kept apart from the log, and of secrets only what they cannot be told from.
 * A key is the SHA-256 of a secret. Each change is whole or not there.
 */
export type Credentials = {
  /** Whether anybody can sign in at all. */
  anyPassword(): Promise<boolean>
  passwordOf(userId: string): Promise<string | null>
  /** Ends the user's sessions, too. With `first` only where nobody has a password yet; false when somebody has. */
  setPassword(userId: string, hash: string, at: Instant, first?: 'first'): Promise<boolean>
  /** Beside at most 49 others of the same user; older ones end. */
  beginSession(key: Buffer, session: Session): Promise<void>
  session(key: Buffer): Promise<Session | null>
  sessionSeen(key: Buffer, at: Instant): Promise<void>
  endSession(key: Buffer): Promise<void>
  /** Sessions not seen since, and those begun before. */
  dropSessions(notSeenSince: Instant, begunBefore: Instant): Promise<void>
  addToken(key: Buffer, token: Token): Promise<void>
  token(key: Buffer): Promise<Token | null>
  tokenById(id: string): Promise<Token | null>
  tokenUsed(id: string, at: Instant): Promise<void>
  /** Of one user or of everybody, oldest first. */
  tokens(userId: string | null): Promise<Token[]>
  /** False when there is none. */
  removeToken(id: string): Promise<boolean>
  /** Password, sessions and tokens of a user. */
  forget(userId: string): Promise<void>
}
