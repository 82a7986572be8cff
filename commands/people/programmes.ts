import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope, type Handled } from '#commands/handle.ts'
import {
  isProgrammeEvent,
  type ProgrammeCommand,
  type ProgrammeEvent,
  programme,
} from '#domain/people/programme.ts'
import { type Fault, PersonRefusal } from '#domain/people/refusal.ts'
import { programmeStream } from '#domain/people/streams.ts'
import { loadUser } from './load-user.ts'

type Parts = { readonly store: EventStore; readonly site: string }

/** What can be done about programmes. Rejects with `PersonRefusal` and with what {@link commandHandler} does. */
export const programmeCommands = ({ store, site }: Parts) => {
  const handle = commandHandler<ReturnType<typeof programme.evolve>, ProgrammeCommand, ProgrammeEvent>({
    store,
    decider: programme,
    streamOf: ({ programmeId }) => programmeStream(programmeId),
    site,
    isOwn: isProgrammeEvent,
  })

  const faultOf = async (userId: string, path: string): Promise<Fault[]> => {
    const { standing } = await loadUser(store, userId)
    if (standing === 'registered') return []
    const message =
      standing === 'erased' ? `${userId} was erased` : `there is no user ${userId}; register first`
    return [{ path, message }]
  }

  const checkMembers = async (leaderId: string, memberIds: readonly string[]): Promise<void> => {
    const faults = await Promise.all([
      faultOf(leaderId, 'leaderId'),
      ...memberIds.map((id, i) => faultOf(id, `memberIds.${i}`)),
    ])
    if (faults.flat().length > 0) throw new PersonRefusal('member_unknown', ...faults.flat())
  }

  return async (command: ProgrammeCommand, envelope: Envelope): Promise<Handled<ProgrammeEvent>> => {
    if (command.type !== 'CloseProgramme') await checkMembers(command.leaderId, command.memberIds)
    return handle(command, envelope)
  }
}

export type ProgrammeCommands = ReturnType<typeof programmeCommands>
