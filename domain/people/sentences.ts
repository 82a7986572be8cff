import type { DomainEvent } from '#domain/shared/event.ts'
import { type PeopleEvent, peopleEvents } from './events.ts'

const types: ReadonlySet<string> = new Set(peopleEvents.map(({ type }) => type))

export const isPeopleEvent = <E extends DomainEvent>(event: E): event is E & PeopleEvent =>
  types.has(event.type)

/** What an event about people says, as one sentence in the observatory's log: ids, never names. */
export const peopleSentence = (event: PeopleEvent): string => {
  switch (event.type) {
    case 'UserRegistered': {
      const { userId, country, level, roles } = event.data
      const what = roles.length === 0 ? 'without a role' : `as ${roles.join(' and ')}`
      return `user ${userId} registered ${what}, level ${level}${country ? `, ${country}` : ''}`
    }
    case 'RoleGranted':
      return `user ${event.data.userId} is now ${event.data.role}`
    case 'RoleRevoked':
      return `user ${event.data.userId} is ${event.data.role} no longer`
    case 'UserErased':
      return `user ${event.data.userId} erased: name and address are gone`
    case 'ProgrammeOpened': {
      const { programmeId, title, leaderId, memberIds } = event.data
      return `programme ${programmeId} opened: ${title}, led by ${leaderId}, ${memberIds.length} members`
    }
    case 'ProgrammeMembersNamed': {
      const { programmeId, leaderId, memberIds } = event.data
      return `programme ${programmeId} is led by ${leaderId}, members ${memberIds.join(', ')}`
    }
    case 'ProgrammeClosed':
      return `programme ${event.data.programmeId} closed`
  }
}
