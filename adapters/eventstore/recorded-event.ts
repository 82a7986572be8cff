import type { ResolvedEvent } from '@eventstore/db-client'
import { decodeEventData } from '#domain/catalogue.ts'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import type { Metadata } from '#domain/shared/metadata.ts'

const isMetadata = (metadata: unknown): metadata is Metadata =>
  typeof metadata === 'object' &&
  metadata !== null &&
  'schemaVersion' in metadata &&
  'occurredAt' in metadata &&
  'site' in metadata &&
  'night' in metadata

const nowhere: Position = { commit: 0n, prepare: 0n }

export const positionOf = (resolved: ResolvedEvent): Position => resolved.event?.position ?? nowhere

/** What the client read, with its data in the newest version; throws {@link UndecodableEvent} for what is not ours. */
export const recordedEvent = (resolved: ResolvedEvent): Recorded => {
  const { event } = resolved
  if (!event) throw new UndecodableEvent('(link)', 0, 'the event it points to is gone')
  const { metadata } = event
  if (!isMetadata(metadata)) throw new UndecodableEvent(event.type, 0, 'its metadata is not ours')
  return {
    id: event.id,
    type: event.type,
    data: decodeEventData(event.type, metadata.schemaVersion, event.data),
    stream: event.streamId,
    revision: event.revision,
    position: event.position ?? nowhere,
    metadata,
  }
}
