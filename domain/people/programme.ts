import type { Decided, Decider } from '#domain/shared/decider.ts'
import type { EventOf } from '#domain/shared/define-event.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'
import { programmeClosed, programmeMembersNamed, programmeOpened } from './events.ts'
import { PersonRefusal } from './refusal.ts'

const programmeEvents = [programmeOpened, programmeMembersNamed, programmeClosed] as const
export type ProgrammeEvent = EventOf<(typeof programmeEvents)[number]>

export const isProgrammeEvent = <E extends DomainEvent>(event: E): event is E & ProgrammeEvent =>
  programmeEvents.some(({ type }) => type === event.type)

type About = { readonly programmeId: string; readonly at: Instant }
type Members = { readonly leaderId: string; readonly memberIds: readonly string[] }

export type OpenProgramme = About & Members & { readonly type: 'OpenProgramme'; readonly title: string }
export type NameMembers = About & Members & { readonly type: 'NameMembers' }
export type ProgrammeCommand = OpenProgramme | NameMembers | (About & { readonly type: 'CloseProgramme' })

export type ProgrammeState = Members & {
  readonly standing: 'unknown' | 'open' | 'closed'
  readonly title: string
}

const evolve = (state: ProgrammeState, event: ProgrammeEvent): ProgrammeState => {
  switch (event.type) {
    case 'ProgrammeOpened': {
      const { title, leaderId, memberIds } = event.data
      return { standing: 'open', title, leaderId, memberIds }
    }
    case 'ProgrammeMembersNamed': {
      const { leaderId, memberIds } = event.data
      return { ...state, leaderId, memberIds }
    }
    case 'ProgrammeClosed':
      return { ...state, standing: 'closed' }
  }
}

/** The leader is a member; nobody is one twice. */
const membersOf = ({ leaderId, memberIds }: Members): string[] => [...new Set([leaderId, ...memberIds])]

const sameMembers = (one: Members, other: Members): boolean =>
  one.leaderId === other.leaderId && membersOf(one).sort().join() === membersOf(other).sort().join()

const open = (command: OpenProgramme, state: ProgrammeState): Decided<ProgrammeEvent>[] => {
  const { programmeId, title, leaderId } = command
  if (state.standing !== 'unknown')
    throw new PersonRefusal('programme_exists', {
      path: 'programmeId',
      message: `there is a programme ${programmeId} already`,
    })
  return [{ type: 'ProgrammeOpened', data: { programmeId, title, leaderId, memberIds: membersOf(command) } }]
}

/** A scientific programme. Throws {@link PersonRefusal}; whether leader and members are users is asked before. */
export const programme: Decider<ProgrammeState, ProgrammeCommand, ProgrammeEvent> = {
  initial: { standing: 'unknown', title: '', leaderId: '', memberIds: [] },
  evolve,
  decide: (command, state) => {
    const { programmeId } = command
    if (command.type === 'OpenProgramme') return open(command, state)
    if (state.standing === 'unknown')
      throw new PersonRefusal('programme_unknown', {
        path: 'programmeId',
        message: `there is no programme ${programmeId}`,
      })
    if (command.type === 'CloseProgramme')
      return state.standing === 'closed' ? [] : [{ type: 'ProgrammeClosed', data: { programmeId } }]
    if (state.standing === 'closed')
      throw new PersonRefusal('programme_closed', {
        path: 'programmeId',
        message: `${programmeId} is closed`,
      })
    if (sameMembers(command, state)) return []
    const { leaderId } = command
    return [{ type: 'ProgrammeMembersNamed', data: { programmeId, leaderId, memberIds: membersOf(command) } }]
  },
}
