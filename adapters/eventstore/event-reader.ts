import {
  type Credentials,
  type EventStoreDBClient,
  FORWARDS,
  type ResolvedEvent,
  StreamNotFoundError,
} from '@eventstore/db-client'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import { type EventReader, LogUnavailable } from '#projections/journal/event-reader.ts'
import { positionOf, recordedEvent } from './recorded-event.ts'

const pageSize = 1000

const isBefore = (a: Position, b: Position): boolean =>
  a.commit === b.commit ? a.prepare < b.prepare : a.commit < b.commit

/** The store's own events (statistics, metadata of streams) begin with a dollar. */
const isOurs = ({ event }: ResolvedEvent): boolean => event !== undefined && !event.type.startsWith('$')

const failed = (error: unknown): Error =>
  error instanceof UndecodableEvent ? error : new LogUnavailable(error)

/** The adapter of {@link EventReader}. */
export const eventReader = (client: EventStoreDBClient, credentials: Credentials): EventReader => {
  const readEvent: EventReader['readEvent'] = async (stream, revision) => {
    try {
      const read = client.readStream(stream, {
        direction: FORWARDS,
        fromRevision: revision,
        maxCount: 1,
        credentials,
      })
      let found: Recorded | null = null
      // To its end: a read that is left early is never ended on the server; closing the client then hung.
      for await (const resolved of read) found = recordedEvent(resolved)
      return found?.revision === revision ? found : null
    } catch (error) {
      if (error instanceof StreamNotFoundError) return null
      throw failed(error)
    }
  }

  const pageFrom = async (fromPosition: Position): Promise<ResolvedEvent[]> => {
    try {
      const page: ResolvedEvent[] = []
      const read = client.readAll({ direction: FORWARDS, fromPosition, maxCount: pageSize, credentials })
      for await (const resolved of read) page.push(resolved)
      return page
    } catch (error) {
      throw failed(error)
    }
  }

  // Pages, because leaving an open read early does not end it on the server. A page begins with the last of the one before.
  async function* readBetween(first: Position, last: Position): AsyncGenerator<Recorded> {
    let given: Position | null = null
    for (let from = first; ; ) {
      const page = await pageFrom(from)
      for (const resolved of page) {
        const at = positionOf(resolved)
        if (isBefore(last, at)) return
        if (isBefore(at, first) || (given && !isBefore(given, at))) continue
        given = at
        if (isOurs(resolved)) yield recordedEvent(resolved)
      }
      const end = page.at(-1)
      if (!end || page.length < pageSize || !isBefore(from, positionOf(end))) return
      from = positionOf(end)
    }
  }

  return { readEvent, readBetween }
}
