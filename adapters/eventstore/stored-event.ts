import {
  binaryEvent,
  type EventData,
  type JSONType,
  jsonEvent,
  type ResolvedEvent,
} from '@eventstore/db-client'
import type { StoredEvent } from '#domain/night/hash-chain.ts'

/** What the client read, as it lies there; null for a link whose event is gone. */
export const storedEvent = ({ event }: ResolvedEvent): StoredEvent | null =>
  event
    ? {
        id: event.id,
        type: event.type,
        stream: event.streamId,
        revision: event.revision,
        contentType: event.isJson ? 'application/json' : 'application/octet-stream',
        metadata: event.metadata,
        data: event.data instanceof Uint8Array ? Buffer.from(event.data).toString('base64') : event.data,
      }
    : null

/** The same event on its way into another log. The client writes JSON as it was parsed: same keys, same order, same bytes. */
export const eventDataOf = ({ id, type, contentType, metadata, data }: StoredEvent): EventData =>
  contentType === 'application/json'
    ? jsonEvent({ id, type, data: data as JSONType, metadata })
    : binaryEvent({ id, type, data: Buffer.from(String(data), 'base64'), metadata })
