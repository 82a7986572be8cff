import { randomUUID } from 'node:crypto'
import { type EventStore, type Revision, RevisionConflict } from '#commands/event-store.ts'
import type { AccessEvent } from '#domain/people/access-events.ts'
import { accessStream } from '#domain/people/streams.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import type { Instant } from '#domain/shared/time.ts'

const attempts = 10

const revisionOf = async (store: EventStore, stream: string): Promise<Revision> => {
  for await (const { revision } of store.readBackwards(stream)) return revision
  return 'none'
}

/** Puts on record what happened at the door; facts, so nothing is decided. Rejects with `StoreUnavailable`. */
export const accessRecorder =
  (store: EventStore, site: Site) =>
  async (event: AccessEvent, actor: Actor, at: Instant): Promise<void> => {
    const id = randomUUID()
    const night = nightOf(at, site.timeZone)
    const stream = accessStream(night, event.data.userId)
    const metadata = { occurredAt: at, correlationId: id, causationId: id, actor, site: site.id, night }
    for (let tried = 1; ; tried++) {
      try {
        const expected = await revisionOf(store, stream)
        await store.append(stream, [{ ...event, id: eventIdOf(id, 0), metadata }], expected)
        return
      } catch (error) {
        if (!(error instanceof RevisionConflict) || tried === attempts) throw error
      }
    }
  }
