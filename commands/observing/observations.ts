import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope } from '#commands/handle.ts'
import { refusing } from '#commands/refusing.ts'
import type { ObservationCommand } from '#domain/observing/commands.ts'
import { observation } from '#domain/observing/observation.ts'
import { isObservingEvent } from '#domain/observing/sentences.ts'
import { observationStream } from '#domain/observing/streams.ts'

/** Handles commands to observations. Rejects with `CommandRefused` where an attempt does not allow it. */
export const observations = (store: EventStore, site: string) => {
  const handle = commandHandler({
    store,
    decider: observation,
    streamOf: ({ sequenceId, attempt }: ObservationCommand) => observationStream(sequenceId, attempt),
    site,
    isOwn: isObservingEvent,
  })
  return (command: ObservationCommand, envelope: Envelope) => refusing(() => handle(command, envelope))
}
