import type { FastifyRequest } from 'fastify'
import { HttpProblem } from '#api/http/problem.ts'
import { personIdSchema } from '#domain/people/ids.ts'
import { rights, rightsOf } from '#domain/people/rights.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { Accounts } from './accounts.ts'
import { isLoopback } from './address.ts'
import { type Caller, nobody } from './caller.ts'
import { cookieSecret } from './cookie.ts'
import { isSecret, keyOf } from './secrets.ts'
import { endOf, isDueToNote } from './session-life.ts'

export type Access = {
  /** Everybody on this machine may look. */
  readonly demo: boolean
  /** SHA-256 of what programs bear that can read the data folder; without it there are none. */
  readonly localKey?: Buffer
  /** Without it nobody signs in here. */
  readonly accounts?: Accounts
}

const refused = (detail: string) => new HttpProblem(401, 'token_refused', 'Not let in', detail)

const readyMs = 5_000

/** The roles are read from the log when the program starts; until then nobody can be judged. */
const whenReady = async ({ directory }: Accounts): Promise<void> => {
  const late = AbortSignal.timeout(readyMs)
  const given = Promise.withResolvers<never>()
  const giveUp = () => {
    const detail = 'Who may do what is not read from the log yet; try again in a moment.'
    given.reject(new HttpProblem(503, 'log_unavailable', 'The log is away', detail))
  }
  late.addEventListener('abort', giveUp)
  try {
    await Promise.race([directory.ready, given.promise])
  } finally {
    late.removeEventListener('abort', giveUp)
  }
}

const byToken = async (accounts: Accounts, secret: string): Promise<Caller> => {
  const token = await accounts.credentials.token(keyOf(secret))
  if (!token) throw refused('There is no such token, or it was revoked.')
  const at = instantOf(accounts.clock.now())
  if (token.expiresAt !== null && token.expiresAt <= at)
    throw refused(`This token was good until ${token.expiresAt}.`)
  await whenReady(accounts)
  const owner = accounts.directory.user(token.userId)
  if (owner?.standing !== 'registered') throw refused('The user of this token is there no more.')
  if (isDueToNote(token.usedAt, at)) await accounts.credentials.tokenUsed(token.id, at)
  return {
    kind: 'token',
    user: token.userId,
    // Never more than its owner may at this moment.
    rights: rightsOf(owner.roles).filter((right) => token.scopes.includes(right)),
    via: `token:${token.id}`,
    ...(token.expiresAt === null ? {} : { expiresAt: token.expiresAt }),
  }
}

const bySession = async (accounts: Accounts, secret: string): Promise<Caller> => {
  const key = keyOf(secret)
  const session = await accounts.credentials.session(key)
  if (!session) return nobody
  const at = instantOf(accounts.clock.now())
  if (endOf(session) <= at) return nobody
  await whenReady(accounts)
  const known = accounts.directory.user(session.userId)
  if (known?.standing !== 'registered' || known.revision !== session.userRevision) return nobody
  const isDue = isDueToNote(session.seenAt, at)
  if (isDue) await accounts.credentials.sessionSeen(key, at)
  const expiresAt = endOf(isDue ? { ...session, seenAt: at } : session)
  return { kind: 'session', user: session.userId, rights: rightsOf(known.roles), key, expiresAt }
}

const local: Caller = { kind: 'local', user: 'local', rights }
const demo: Caller = { kind: 'demo', user: null, rights: ['read', 'audit'] }

const ownNames = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/

/** From this machine and meant for it: no proxy before us, and no other site's name that was made to lead here. */
const isHere = ({ ip, host, headers }: FastifyRequest): boolean =>
  isLoopback(ip) && headers['x-forwarded-for'] === undefined && ownNames.test(host)

const byBearer = async ({ localKey, accounts }: Access, header: string): Promise<Caller> => {
  const [, secret] = /^Bearer +([\w-]{1,200})$/i.exec(header) ?? []
  if (!secret) throw refused('Authorization is "Bearer" and a token, e.g. Bearer noct_3q2-7w….')
  if (localKey && isSecret(secret, localKey)) return local
  if (!accounts) throw refused('There is no such token.')
  return byToken(accounts, secret)
}

const behalfHeader = 'x-noctuary-on-behalf-of'

/** Whoever may do everything may say that it is somebody else's doing; both are on record. */
const onBehalf = (caller: Caller, { headers }: FastifyRequest): Caller => {
  const said = headers[behalfHeader]
  if (said === undefined || said === caller.user) return caller
  if (!caller.rights.includes('admin')) {
    const detail = `${behalfHeader} needs the right admin.`
    throw new HttpProblem(403, 'not_allowed', 'Not allowed', detail)
  }
  const read = personIdSchema.safeParse(said)
  if (!read.success) {
    const detail = `${behalfHeader}: ${read.error.issues[0]?.message}`
    throw new HttpProblem(400, 'invalid_request', 'The request is not valid', detail)
  }
  const via = caller.via ?? (caller.kind === 'local' ? 'local' : `user:${caller.user}`)
  return { ...caller, user: read.data, via }
}

/** Who asks. Throws 401 `token_refused` for a token that is none; a session that is over is nobody's. */
export const identify = async (request: FastifyRequest, access: Access): Promise<Caller> => {
  const { authorization } = request.headers
  if (authorization !== undefined) return onBehalf(await byBearer(access, authorization), request)
  const secret = cookieSecret(request)
  const signedIn = secret && access.accounts ? await bySession(access.accounts, secret) : nobody
  if (signedIn.kind === 'session') return onBehalf(signedIn, request)
  return access.demo && isHere(request) ? demo : nobody
}
