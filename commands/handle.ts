import type { Decided, Decider } from '#domain/shared/decider.ts'
import type { DomainEvent, Position, Recorded } from '#domain/shared/event.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import type { Instant } from '#domain/shared/time.ts'
import { type EventStore, type ProposedEvent, type Revision, RevisionConflict } from './event-store.ts'

/** What goes with a command: who gives it, when, and what led to it. */
export type Envelope = {
  readonly commandId: string
  readonly at: Instant
  readonly night: string
  readonly actor: Actor
  /** The event that led to the command; the command itself when a person gave it. */
  readonly causationId?: string
  /** What began the whole affair; the command itself when nothing went before. */
  readonly correlationId?: string
  readonly simulated?: boolean
  /** Of what the command says, where its id is the giver's choice: see {@link CommandDiffers}. */
  readonly digest?: string
  /** The subject's revision that the giver has seen (`If-Match`); with another the command is not decided at all. */
  readonly ifRevision?: Revision
}

/** What a command led to, in the log by now. `already` when it had been handled before: these are the events of then. */
export type Handled<Event extends DomainEvent> = {
  readonly events: readonly Event[]
  readonly already: boolean
  /** The subject's revision afterwards. */
  readonly revision: Revision
  /** Where the last of the events stands; null when there are none. */
  readonly position: Position | null
}

/** The giver has looked at another state of the subject than there is now. */
export class RevisionOutdated extends Error {
  readonly seen: Revision
  readonly actual: Revision
  constructor(stream: string, seen: Revision, actual: Revision) {
    super(`${stream} is at revision ${actual} by now, not ${seen}: look at it again`)
    this.name = 'RevisionOutdated'
    this.seen = seen
    this.actual = actual
  }
}

/** The command's id was another's: what it says now is not what was handled under it. */
export class CommandDiffers extends Error {
  constructor() {
    super('another command was handled under the same id')
    this.name = 'CommandDiffers'
  }
}

type Parts<State, Command, Event extends DomainEvent> = {
  readonly store: EventStore
  readonly decider: Decider<State, Command, Event>
  readonly streamOf: (command: Command) => string
  readonly site: string
  /** Whether a recorded event is one of this decider's. */
  readonly isOwn: (event: DomainEvent) => event is Event
}

const attempts = 5

const proposedBy = <Event extends DomainEvent>(
  decided: readonly Decided<Event>[],
  envelope: Envelope,
  site: string,
): ProposedEvent[] => {
  const {
    commandId,
    at,
    night,
    actor,
    causationId = commandId,
    correlationId = commandId,
    simulated,
    digest,
  } = envelope
  return decided.map(({ type, data, metadata }, index) => ({
    id: eventIdOf(commandId, index),
    type,
    data,
    metadata: {
      occurredAt: at,
      correlationId,
      causationId,
      actor,
      site,
      night,
      ...(simulated ? { simulated: true as const } : {}),
      ...(digest === undefined ? {} : { commandDigest: digest }),
      ...metadata,
    },
  }))
}

/** The events that a command left in a stream; empty when it was never handled. */
const leftBy = <Event extends DomainEvent>(commandId: string, past: readonly Recorded<Event>[]) => {
  const ids = new Set(past.map((_, index) => eventIdOf(commandId, index)))
  return past.filter(({ id }) => ids.has(id))
}

/**
 * Handles commands to subjects with short streams: loads, decides, appends with the expected revision, and decides anew
 * after a lost race. A command id that is in the stream appends nothing. Rejects with what the decider throws, with
 * {@link RevisionOutdated} and {@link CommandDiffers}, and with `StoreUnavailable`: repeating the same command is then safe.
 */
export const commandHandler = <State, Command, Event extends DomainEvent>({
  store,
  decider,
  streamOf,
  site,
  isOwn,
}: Parts<State, Command, Event>) => {
  const load = async (stream: string): Promise<{ past: Recorded<Event>[]; revision: Revision }> => {
    const past: Recorded<Event>[] = []
    let revision: Revision = 'none'
    for await (const event of store.readBackwards(stream)) {
      if (revision === 'none') revision = event.revision
      if (isOwn(event)) past.push(event)
    }
    return { past: past.reverse(), revision }
  }

  const attempt = async (command: Command, envelope: Envelope): Promise<Handled<Event>> => {
    const stream = streamOf(command)
    const { past, revision } = await load(stream)
    const before = leftBy(envelope.commandId, past)
    const handledDigest = before[0]?.metadata.commandDigest
    if (handledDigest !== undefined && envelope.digest !== undefined && handledDigest !== envelope.digest)
      throw new CommandDiffers()
    if (before.length > 0)
      return { events: before, already: true, revision, position: before.at(-1)?.position ?? null }
    if (envelope.ifRevision !== undefined && envelope.ifRevision !== revision)
      throw new RevisionOutdated(stream, envelope.ifRevision, revision)
    const state = past.reduce(
      (folded, event) => decider.evolve(folded, event, event.metadata.occurredAt),
      decider.initial,
    )
    const decided = decider.decide(command, state)
    if (decided.length === 0) return { events: [], already: false, revision, position: null }
    const appended = await store.append(stream, proposedBy(decided, envelope, site), revision)
    return { events: decided, already: false, revision: appended.revision, position: appended.position }
  }

  return async (command: Command, envelope: Envelope): Promise<Handled<Event>> => {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt(command, envelope)
      } catch (error) {
        if (!(error instanceof RevisionConflict) || tried === attempts) throw error
      }
    }
  }
}
