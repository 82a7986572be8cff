import type { EventStore, Revision } from '#commands/event-store.ts'
import { checkEventData } from '#domain/catalogue.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'

/** An event of a test's story, before it is anywhere. */
export type Happening = DomainEvent & {
  readonly night: string
  readonly stream: string
  readonly at?: string
}

const eventId = (place: number): string => uuidFrom(`happening/${place}`, noctuaryNamespace)

/** What the log would give back of a story, behind `from` other events. */
export const recordedStory = (story: readonly Happening[], from = 0): Recorded[] => {
  const revisions = new Map<string, bigint>()
  return story.map(({ type, data, night, stream, at }, index) => {
    const checked = checkEventData(type, data)
    const revision = (revisions.get(stream) ?? -1n) + 1n
    revisions.set(stream, revision)
    const place = BigInt(from + index + 1) * 100n
    return {
      id: eventId(from + index),
      type,
      data: JSON.parse(JSON.stringify(checked.data)),
      stream,
      revision,
      position: { commit: place, prepare: place },
      metadata: {
        schemaVersion: checked.schemaVersion,
        occurredAt: at ?? `${night}T20:00:00.000Z`,
        correlationId: eventId(from + index),
        causationId: eventId(from + index),
        actor: { kind: 'user', id: 'ana' },
        site: 'osm',
        night,
      },
    }
  })
}

const lastRevision = async (store: EventStore, stream: string): Promise<Revision> => {
  for await (const { revision } of store.readBackwards(stream)) return revision
  return 'none'
}

/** Puts a story into a log, event by event, behind `from` others of the same story. */
export const tell = async (store: EventStore, story: readonly Happening[], from = 0): Promise<void> => {
  for (const { id, type, data, stream, metadata } of recordedStory(story, from))
    await store.append(stream, [{ id, type, data, metadata }], await lastRevision(store, stream))
}
