import type { Decided, Decider } from '#domain/shared/decider.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import type { Actor, Metadata } from '#domain/shared/metadata.ts'
import type { Instant } from '#domain/shared/time.ts'
import { type EventStore, type ProposedEvent, type Revision, RevisionConflict } from './event-store.ts'

export type ResidentCommand = { readonly commandId: string; readonly at: Instant; readonly night: string }

/** Who decides, where, and whether the world it looks at is a simulation. */
export type DecisionContext = { readonly actor: Actor; readonly site: string; readonly simulated: boolean }

/** A state as of a stream's end, with the events it was restored from. */
export type Loaded<State> = {
  readonly state: State
  readonly revision: Revision
  readonly recent: readonly Recorded[]
}

type Parts<State, Command, Event extends DomainEvent> = {
  readonly store: EventStore
  readonly decider: Decider<State, Command, Event>
  readonly streamOf: (command: Command) => string
  readonly load: (command: Command) => Promise<Loaded<State>>
  readonly context: DecisionContext
}

const attempts = 3

const metadataOf = (
  { commandId, at, night }: ResidentCommand,
  { actor, site, simulated }: DecisionContext,
  decided: Decided,
): Omit<Metadata, 'schemaVersion'> => ({
  occurredAt: at,
  correlationId: commandId,
  causationId: commandId,
  actor,
  site,
  night,
  ...(simulated ? { simulated: true } : {}),
  ...decided.metadata,
})

/**
 * Handles commands to a subject whose stream is too long to load for each of them: its state stays in memory and is
 * loaded anew when its stream changes or another wrote to it. The expected revision stays the judge.
 * A command id that is already in the log appends nothing. Rejects with `StoreUnavailable` when no acknowledgement came:
 * handling the same command again is then safe and repeats the same append.
 */
export const residentHandler = <State, Command extends ResidentCommand, Event extends DomainEvent>({
  store,
  decider,
  streamOf,
  load,
  context,
}: Parts<State, Command, Event>) => {
  let held: { stream: string; revision: Revision; state: State } | null = null

  const attempt = async (command: Command): Promise<readonly Decided<Event>[]> => {
    const stream = streamOf(command)
    if (held?.stream !== stream) {
      const { state, revision, recent } = await load(command)
      held = { stream, revision, state }
      if (recent.some(({ id }) => id === eventIdOf(command.commandId, 0))) return []
    }
    const decided = decider.decide(command, held.state)
    if (decided.length === 0) return []
    const proposed = decided.map(
      ({ type, data, metadata }, index): ProposedEvent => ({
        id: eventIdOf(command.commandId, index),
        type,
        data,
        metadata: metadataOf(command, context, { type, data, ...(metadata ? { metadata } : {}) }),
      }),
    )
    const { revision } = await store.append(stream, proposed, held.revision)
    const state = decided.reduce((before, event) => decider.evolve(before, event, command.at), held.state)
    held = { stream, revision, state }
    return decided
  }

  return async (command: Command): Promise<readonly Decided<Event>[]> => {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt(command)
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error
        held = null
        if (tried === attempts) throw error
      }
    }
  }
}
