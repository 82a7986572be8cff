import type { EventStore } from '#commands/event-store.ts'
import { type PeopleEvent, peopleEvents } from '#domain/people/events.ts'
import { programmeStream, userStream } from '#domain/people/streams.ts'
import type { Standing } from '#domain/requests/validation/standing.ts'

const types: ReadonlySet<string> = new Set(peopleEvents.map(({ type }) => type))
const isPeopleEvent = (event: { readonly type: string }): event is PeopleEvent => types.has(event.type)

const userIn = async (store: EventStore, userId: string): Promise<Standing['user']> => {
  for await (const event of store.readBackwards(userStream(userId))) {
    if (!isPeopleEvent(event)) continue
    if (event.type === 'UserErased') return null
    if (event.type === 'UserRegistered') return { level: event.data.level, country: event.data.country }
  }
  return null
}

const programmeIn = async (store: EventStore, programmeId: string): Promise<Standing['programme']> => {
  for await (const event of store.readBackwards(programmeStream(programmeId))) {
    if (!isPeopleEvent(event)) continue
    if (event.type === 'ProgrammeClosed') return { open: false }
    if (event.type === 'ProgrammeOpened') return { open: true }
  }
  return null
}

/** What the log knows of a user and a programme. */
export const readStanding = async (
  store: EventStore,
  { userId, programmeId }: { readonly userId: string; readonly programmeId: string },
): Promise<Standing> => ({
  user: await userIn(store, userId),
  programme: programmeId === '' ? null : await programmeIn(store, programmeId),
})
