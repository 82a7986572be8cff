import type { EventStore, ProposedEvent, Revision } from '#commands/event-store.ts'
import type { AnyEvent } from '#domain/catalogue.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'

export type Happening = AnyEvent & { readonly stream: string; readonly at: string }

let written = 0

/** An event of a test's world on its way into the log. */
const proposed = ({ type, data, at }: Happening): ProposedEvent => {
  const id = uuidFrom(`planning-log/${written++}`, noctuaryNamespace)
  return {
    id,
    type,
    data,
    metadata: {
      occurredAt: at,
      correlationId: id,
      causationId: id,
      actor: { kind: 'user', id: 'galileo' },
      site: 'osm',
      night: nightOf(at, 'America/Tijuana'),
    },
  }
}

/** Writes what happens to streams of a real store, each after what stands there. */
export const planningLog = (store: EventStore) => {
  const revisions = new Map<string, Revision>()
  return {
    happens: async (...happenings: readonly Happening[]): Promise<{ id: string; position: Position }[]> => {
      const done: { id: string; position: Position }[] = []
      for (const happening of happenings) {
        const event = proposed(happening)
        const { revision, position } = await store.append(
          happening.stream,
          [event],
          revisions.get(happening.stream) ?? 'none',
        )
        revisions.set(happening.stream, revision)
        done.push({ id: event.id, position })
      }
      return done
    },
  }
}

/** A whole stream, oldest first. */
export const streamOf = async (store: EventStore, stream: string): Promise<Recorded[]> => {
  const events: Recorded[] = []
  for await (const event of store.readBackwards(stream)) events.push(event)
  return events.reverse()
}
