import { HttpProblem } from '#api/http/problem.ts'
import type { CameFrom, SignInRefusal } from '#domain/people/access-events.ts'
import { rightsOf } from '#domain/people/rights.ts'
import { type Instant, instantOf } from '#domain/shared/time.ts'
import type { Accounts } from './accounts.ts'
import { isLoopback, placeOf } from './address.ts'
import type { Caller } from './caller.ts'
import type { KnownUser } from './directory.ts'
import { LaneFull } from './lane.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { keyOf, newSecret } from './secrets.ts'
import { endOf, overBefore } from './session-life.ts'
import { tooFast } from './too-fast.ts'

export type SignIn = { readonly user: string; readonly password: string; readonly address: string }
export type SignedIn = { readonly secret: string; readonly caller: Caller }

/** Somebody's whom nobody has, so that a name that is unknown takes as long as one that is known. */
let dummy: Promise<string> | null = null
const dummyHash = (): Promise<string> => {
  dummy ??= hashPassword(newSecret())
  return dummy
}

export const cameFrom = (address: string): CameFrom => (isLoopback(address) ? 'loopback' : 'network')

/** Begins a session for somebody who has shown who they are. */
export const beginSession = async (
  { credentials, clock }: Accounts,
  userId: string,
  known: KnownUser,
): Promise<SignedIn> => {
  const at = instantOf(clock.now())
  const { notSeenSince, begunBefore } = overBefore(at)
  await credentials.dropSessions(notSeenSince, begunBefore)
  const secret = newSecret()
  const session = { userId, userRevision: known.revision, beganAt: at, seenAt: at }
  const key = keyOf(secret)
  await credentials.beginSession(key, session)
  const caller = {
    ...({ kind: 'session', user: userId, rights: rightsOf(known.roles), key } as const),
    expiresAt: endOf(session),
  }
  return { secret, caller }
}

/** Runs what takes a hash; says to come again when too many wait already. */
export const inHashing = async <T>({ hashing }: Accounts, work: () => Promise<T>): Promise<T> => {
  try {
    return await hashing(work)
  } catch (error) {
    if (!(error instanceof LaneFull)) throw error
    throw tooFast('sign_in_busy', 'Many sign in just now; try again in a moment.', 1)
  }
}

type Judged = { readonly known: KnownUser } | { readonly refusal: SignInRefusal }

const judge = async (accounts: Accounts, { user, password }: SignIn): Promise<Judged> => {
  const known = accounts.directory.user(user)
  const hash = known ? await accounts.credentials.passwordOf(user) : null
  const right = await inHashing(accounts, async () => isPassword(password, hash ?? (await dummyHash())))
  if (!known) return { refusal: 'user_unknown' }
  if (known.standing === 'erased') return { refusal: 'user_erased' }
  if (hash === null) return { refusal: 'password_missing' }
  return right ? { known } : { refusal: 'password_wrong' }
}

const note = async (accounts: Accounts, { user, address }: SignIn, judged: Judged, at: Instant) => {
  const from = cameFrom(address)
  const isKnown = accounts.directory.user(user) !== undefined
  const actor = isKnown
    ? ({ kind: 'user', id: user } as const)
    : ({ kind: 'program', id: 'sign-in' } as const)
  await accounts.record(
    'known' in judged
      ? { type: 'SignedIn', data: { userId: user, from } }
      : { type: 'SignInRefused', data: { userId: isKnown ? user : null, why: judged.refusal, from } },
    actor,
    at,
  )
}

/**
 * Lets somebody in by password. Throws 401 `sign_in_refused`, the same whatever was wrong, and {@link tooFast}; either way
 * it is on record before it is answered.
 */
export const signIn = async (accounts: Accounts, asked: SignIn): Promise<SignedIn> => {
  const { attempts, clock } = accounts
  const keys = { user: asked.user, address: placeOf(asked.address) }
  const waitMs = attempts.take(keys, clock.now())
  if (waitMs > 0)
    throw tooFast('sign_in_slowed', 'Too many wrong attempts; wait before the next.', waitMs / 1000)
  let judged: Judged
  try {
    judged = await judge(accounts, asked)
  } catch (error) {
    attempts.undone(keys)
    throw error
  }
  if ('known' in judged) attempts.succeeded(keys)
  await note(accounts, asked, judged, instantOf(clock.now()))
  if ('known' in judged) return beginSession(accounts, asked.user, judged.known)
  throw new HttpProblem(
    401,
    'sign_in_refused',
    'Not let in',
    'There is no such user, or the password is another.',
  )
}
