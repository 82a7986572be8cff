import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope, type Handled } from '#commands/handle.ts'
import { PersonRefusal } from '#domain/people/refusal.ts'
import { userStream } from '#domain/people/streams.ts'
import {
  isUserEvent,
  type RegisterUser,
  type UserCommand,
  type UserEvent,
  user,
} from '#domain/people/user.ts'
import { loadUser } from './load-user.ts'
import { EmailTaken, type Person, type PersonalData, PersonDiffers } from './personal-data.ts'

type Parts = { readonly store: EventStore; readonly personalData: PersonalData; readonly site: string }
type Profile = Omit<Person, 'userId'>

const refusalOf = (error: unknown, userId: string): unknown => {
  if (error instanceof EmailTaken)
    return new PersonRefusal('email_taken', { path: 'email', message: error.message })
  if (error instanceof PersonDiffers) {
    const message = `${userId} is taken by somebody else; ids are never given to another`
    return new PersonRefusal('user_exists', { path: 'userId', message })
  }
  return error
}

/** What can be done about users. Each rejects with `PersonRefusal` and with what {@link commandHandler} does. */
export const userCommands = ({ store, personalData, site }: Parts) => {
  const handle = commandHandler<ReturnType<typeof user.evolve>, UserCommand, UserEvent>({
    store,
    decider: user,
    streamOf: ({ userId }) => userStream(userId),
    site,
    isOwn: isUserEvent,
  })

  /**
   * The person is written first, in a transaction that is committed after the event is in the log. Whatever is killed in
   * between, no name or address stays behind that the log has no user for; a user without a name can, and registering again
   * in the same words gives it. The other order would have to take the event back when the address turns out to be taken.
   */
  const register = async (
    command: RegisterUser,
    profile: Profile,
    envelope: Envelope,
  ): Promise<Handled<UserEvent>> => {
    const { userId } = command
    try {
      return await personalData.keep({ ...profile, userId }, async () => {
        // A repeated command is not decided again, but its user may have been erased since.
        if ((await loadUser(store, userId)).standing === 'erased') throw new PersonDiffers(userId)
        return await handle(command, envelope)
      })
    } catch (error) {
      throw refusalOf(error, userId)
    }
  }

  /**
   * The data go first: whatever is killed, they are gone once anything says so, and erasing again writes the event. They go
   * once more behind the event, as a registration that was being repeated meanwhile may have brought them back; behind the
   * event none can.
   */
  const erase = async (userId: string, envelope: Envelope): Promise<Handled<UserEvent>> => {
    // Whatever the giver has looked at, this is wanted: by then half of it is done.
    const { ifRevision: _, ...anyhow } = envelope
    await personalData.erase(userId)
    const handled = await handle({ type: 'EraseUser', userId, at: envelope.at }, anyhow)
    await personalData.erase(userId)
    return handled
  }

  const changeProfile = async (userId: string, profile: Profile): Promise<void> => {
    try {
      if (await personalData.change({ ...profile, userId })) return
    } catch (error) {
      throw refusalOf(error, userId)
    }
    throw new PersonRefusal('user_unknown', { path: 'userId', message: `nobody is known as ${userId}` })
  }

  return { register, erase, changeProfile, handle }
}

export type UserCommands = ReturnType<typeof userCommands>
