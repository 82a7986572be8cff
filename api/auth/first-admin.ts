import { randomUUID } from 'node:crypto'
import { HttpProblem } from '#api/http/problem.ts'
import type { Envelope, Handled } from '#commands/handle.ts'
import type { UserEvent } from '#domain/people/user.ts'
import { nightOf } from '#domain/shared/night.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { Accounts } from './accounts.ts'
import { hashPassword } from './passwords.ts'
import { isSecret, keyOf, newSecret } from './secrets.ts'
import { beginSession, inHashing, type SignedIn } from './sign-in.ts'

/** The code that the start prints while nobody can sign in. Of it only this is kept, and only until it is used. */
export class FirstAdminCode {
  #key: Buffer | null = null

  /** Another code; the one before is worth nothing any more. */
  issue(): string {
    const code = newSecret()
    this.#key = keyOf(code)
    return code
  }

  fits(code: string): boolean {
    return this.#key !== null && isSecret(code, this.#key)
  }

  drop(): void {
    this.#key = null
  }
}

const refused = () => {
  const detail =
    'This code is not the one that the last start printed, or it was used. Start again for another.'
  return new HttpProblem(403, 'first_admin_refused', 'Not let in', detail)
}

/** Registers the user, or takes the one there is, and makes it an admin. */
const makeAdmin = async ({ users, directory, clock, site }: Accounts, userId: string): Promise<void> => {
  const at = instantOf(clock.now())
  const actor = { kind: 'user', id: userId, via: 'first-admin' } as const
  const envelope = (): Envelope => ({ commandId: randomUUID(), at, night: nightOf(at, site.timeZone), actor })
  const known = async ({ position }: Handled<UserEvent>) => position && directory.reached(position)
  if (directory.user(userId) === undefined) {
    const profile = { displayName: userId, email: `${userId}@noctuary.invalid` }
    const roles = ['observer', 'operator', 'admin'] as const
    const facts = { type: 'RegisterUser', userId, at, country: null, level: 4, roles } as const
    await known(await users.register(facts, profile, envelope()))
  }
  await known(await users.handle({ type: 'GrantRole', userId, role: 'admin', at }, envelope()))
}

type Asked = { readonly code: string; readonly user: string; readonly password: string }

/** The first who can sign in, by the code of the start. Throws 403 `first_admin_refused`, and what registering does. */
export const becomeFirstAdmin = async (accounts: Accounts, asked: Asked): Promise<SignedIn> => {
  const { credentials, directory, clock, record, firstAdmin: code } = accounts
  if (!code.fits(asked.code)) throw refused()
  await directory.ready
  await makeAdmin(accounts, asked.user)
  const hash = await inHashing(accounts, () => hashPassword(asked.password))
  const at = instantOf(clock.now())
  // Two at once, or somebody whose password was set meanwhile: one is first.
  if (!(await credentials.setPassword(asked.user, hash, at, 'first'))) throw refused()
  code.drop()
  await record({ type: 'PasswordSet', data: { userId: asked.user } }, { kind: 'user', id: asked.user }, at)
  const known = directory.user(asked.user)
  if (!known) throw refused()
  return beginSession(accounts, asked.user, known)
}
