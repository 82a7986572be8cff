import { PersonRefusal } from '#domain/people/refusal.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { Accounts } from './accounts.ts'
import { hashPassword } from './passwords.ts'
import { inHashing } from './sign-in.ts'

/** A user who is there and was not erased; throws `PersonRefusal`. */
export const knownUser = async ({ directory }: Accounts, userId: string) => {
  await directory.ready
  const known = directory.user(userId)
  if (!known)
    throw new PersonRefusal('user_unknown', { path: 'userId', message: `there is no user ${userId}` })
  if (known.standing === 'erased')
    throw new PersonRefusal('user_erased', { path: 'userId', message: `${userId} was erased` })
  return known
}

/** The first password of a user or another one. Who was signed in with the old one is signed out. */
export const setPassword = async (
  accounts: Accounts,
  userId: string,
  password: string,
  actor: Actor,
): Promise<void> => {
  await knownUser(accounts, userId)
  const hash = await inHashing(accounts, () => hashPassword(password))
  const at = instantOf(accounts.clock.now())
  // On record first: that a password was set which then was not does less harm than the other way round.
  await accounts.record({ type: 'PasswordSet', data: { userId } }, actor, at)
  await accounts.credentials.setPassword(userId, hash, at)
}
