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
import { patienceMs, within } from './within.ts'

const pageSize = 1000

const isBefore = (a: Position, b: Position): boolean =>
  a.commit === b.commit ? a.prepare < b.prepare : a.commit < b.commit

/** The store's own events (statistics, metadata of streams) begin with a dollar. */
const isOurs = ({ event }: ResolvedEvent): boolean => event !== undefined && !event.type.startsWith('$')

const failed = (error: unknown): Error =>
  error instanceof UndecodableEvent ? error : new LogUnavailable(error)

/** All of a read, to its end: one that is left early is never ended on the server. */
const all = async (read: AsyncIterable<ResolvedEvent> & { destroy(): unknown }, what: string) => {
  const page = async () => {
    const resolved: ResolvedEvent[] = []
    for await (const one of read) resolved.push(one)
    return resolved
  }
  try {
    return await within(patienceMs, what, page())
  } catch (error) {
    read.destroy()
    throw error
  }
}

/** The adapter of {@link EventReader}. */
export const eventReader = (client: EventStoreDBClient, credentials: Credentials): EventReader => {
  const readEvent: EventReader['readEvent'] = async (stream, revision) => {
    const read = client.readStream(stream, {
      direction: FORWARDS,
      fromRevision: revision,
      maxCount: 1,
      credentials,
    })
    try {
      const [resolved] = await all(read, `read of ${stream}`)
      const event = resolved && recordedEvent(resolved)
      return event?.revision === revision ? event : null
    } catch (error) {
      if (error instanceof StreamNotFoundError) return null
      throw failed(error)
    }
  }

  const pageFrom = async (fromPosition: Position): Promise<ResolvedEvent[]> => {
    const read = client.readAll({ direction: FORWARDS, fromPosition, maxCount: pageSize, credentials })
    try {
      return await all(read, 'read of the log')
    } catch (error) {
      throw failed(error)
    }
  }

  // A page begins with the last event of the one before.
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
