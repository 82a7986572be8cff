import type { AccessEvent, SignInRefusal } from './access-events.ts'

const reasons: Readonly<Record<SignInRefusal, string>> = {
  user_unknown: 'nobody has that name',
  password_wrong: 'wrong password',
  password_missing: 'no password was ever set',
  user_erased: 'the user was erased',
}

/** Who came in, who did not, and who gave leave to whom, as one sentence. */
export const accessSentence = (event: AccessEvent): string => {
  switch (event.type) {
    case 'SignedIn':
      return `user ${event.data.userId} signed in from the ${event.data.from}`
    case 'SignInRefused': {
      const { userId, why, from } = event.data
      const who = userId === null ? 'somebody' : `user ${userId}`
      return `${who} was refused at the sign-in from the ${from}: ${reasons[why]}`
    }
    case 'PasswordSet':
      return `user ${event.data.userId} has a new password`
    case 'TokenIssued': {
      const { userId, tokenId, scopes, expiresAt } = event.data
      const until = expiresAt ? `until ${expiresAt}` : 'until revoked'
      return `token ${tokenId} may ${scopes.join(', ')} for user ${userId} ${until}`
    }
    case 'TokenRevoked':
      return `token ${event.data.tokenId} of user ${event.data.userId} revoked`
  }
}
