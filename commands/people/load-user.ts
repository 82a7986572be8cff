import type { EventStore } from '#commands/event-store.ts'
import { userStream } from '#domain/people/streams.ts'
import { isUserEvent, type UserEvent, type UserState, user } from '#domain/people/user.ts'

/** A user as the log has it at this moment. */
export const loadUser = async (store: EventStore, userId: string): Promise<UserState> => {
  const past: { event: UserEvent; at: string }[] = []
  for await (const event of store.readBackwards(userStream(userId)))
    if (isUserEvent(event)) past.unshift({ event, at: event.metadata.occurredAt })
  return past.reduce((state, { event, at }) => user.evolve(state, event, at), user.initial)
}
