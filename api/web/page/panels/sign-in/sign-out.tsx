import { refreshFor } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { type Session, session } from '../../data/session.ts'

/** Ends the session, here and on the server. */
export const SignOut = () => (
  <button
    type="button"
    onClick={async () => {
      const answer = await tell<Session>('/api/session', undefined, { method: 'DELETE' })
      if (!answer.ok) return
      session.value = answer.data
      refreshFor(null)
    }}
  >
    Sign out
  </button>
)
