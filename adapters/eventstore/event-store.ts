import {
  type AppendExpectedRevision,
  BACKWARDS,
  type Credentials,
  END,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client'
import {
  type EventStore,
  type ProposedEvent,
  RevisionConflict,
  StoreUnavailable,
} from '#commands/event-store.ts'
import type { NightLog } from '#commands/night/night-log.ts'
import { checkEvent } from '#domain/catalogue.ts'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import type { EventFeed } from '#projections/engine/event-feed.ts'
import type { EventReader } from '#projections/journal/event-reader.ts'
import { eventReader } from './event-reader.ts'
import { follow } from './follow.ts'
import { nightLog } from './night-log.ts'
import { recordedEvent } from './recorded-event.ts'
import { patienceMs, within } from './within.ts'

const pageSize = 500
/** Most who read backwards want the newest few. */
const firstPageSize = 16

export type OpenEventStore = EventStore &
  EventFeed &
  EventReader & {
    /** The same log for what carries events undecoded. */
    readonly nights: NightLog
    /** Resolves when the store answers; rejects with its error when not. */
    ping(): Promise<void>
    close(): Promise<void>
  }

/**
 * The client takes plain appends instead of its batch stream when a call has credentials. The batch stream's promises are
 * shared by the whole process: one broken connection rejects all of them and a late reply then ends the process.
 * On an insecure connection the client drops the credentials, so any will do.
 */
const credentialsFor = (url: string): Credentials => {
  const { username, password } = new URL(url.replace(/^esdb(\+discover)?:/, 'http:').split(',')[0] ?? url)
  return {
    username: decodeURIComponent(username) || 'noctuary',
    password: decodeURIComponent(password) || 'none',
  }
}

const toJsonEvent = ({ id, type, data, metadata }: ProposedEvent) => {
  const checked = checkEvent(type, data, metadata)
  return jsonEvent({ id, type, data: checked.data as Record<string, unknown>, metadata: checked.metadata })
}

const expectedRevision = (revision: bigint | 'none'): AppendExpectedRevision =>
  revision === 'none' ? NO_STREAM : revision

/** Opens the log at an `esdb://` address. One per process: the client's batches are global (see above). */
export const openEventStore = (url: string): OpenEventStore => {
  const client = EventStoreDBClient.connectionString(url)
  const credentials = credentialsFor(url)

  const append: EventStore['append'] = async (stream, events, expected) => {
    const proposed = events.map(toJsonEvent)
    try {
      const { nextExpectedRevision, position } = await within(
        patienceMs,
        `append to ${stream}`,
        client.appendToStream(stream, proposed, {
          expectedRevision: expectedRevision(expected),
          credentials,
        }),
      )
      return { revision: nextExpectedRevision, position: position ?? { commit: 0n, prepare: 0n } }
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw new StoreUnavailable(error)
      const { actualVersion } = error
      throw new RevisionConflict(stream, expected, typeof actualVersion === 'bigint' ? actualVersion : 'none')
    }
  }

  const readPage = async (
    stream: string,
    fromRevision: bigint | typeof END,
    maxCount: number,
  ): Promise<Recorded[]> => {
    const read = client.readStream(stream, {
      direction: BACKWARDS,
      fromRevision,
      maxCount,
      credentials,
    })
    const all = async () => {
      const page: Recorded[] = []
      for await (const resolved of read) page.push(recordedEvent(resolved))
      return page
    }
    try {
      return await within(patienceMs, `read of ${stream}`, all())
    } catch (error) {
      read.destroy()
      if (error instanceof StreamNotFoundError) return []
      throw error instanceof UndecodableEvent ? error : new StoreUnavailable(error)
    }
  }

  // Pages instead of one open read: leaving a read early does not end it on the server.
  async function* readBackwards(stream: string): AsyncGenerator<Recorded> {
    for (let from: bigint | typeof END = END; ; ) {
      const page = await readPage(stream, from, from === END ? firstPageSize : pageSize)
      yield* page
      const oldest = page.at(-1)
      if (!oldest || oldest.revision === 0n) return
      from = oldest.revision - 1n
    }
  }

  const head: EventFeed['head'] = async () => {
    const read = client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1, credentials })
    const last = async () => {
      let position: Position | null = null
      for await (const { event } of read) position = event?.position ?? null
      return position
    }
    try {
      return await within(patienceMs, 'read of the end of the log', last())
    } catch (error) {
      read.destroy()
      throw new StoreUnavailable(error)
    }
  }

  return {
    append,
    readBackwards,
    ...eventReader(client, credentials),
    head,
    nights: nightLog(client, credentials),
    follow: (types, after, signal) => follow(client, types, after, signal),
    ping: async () => {
      await head()
    },
    // Streams cut off by a server that went away never report their end to the client.
    close: () => within(1_000, 'end of the open streams', client.dispose()).catch(() => {}),
  }
}
