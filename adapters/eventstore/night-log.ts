import {
  type AllStreamSubscription,
  BACKWARDS,
  type Credentials,
  END,
  type EventStoreDBClient,
  eventTypeFilter,
  FORWARDS,
  NO_STREAM,
  START,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client'
import { RevisionConflict, StoreUnavailable } from '#commands/event-store.ts'
import type { NightLog, Selection } from '#commands/night/night-log.ts'
import type { StoredEvent } from '#domain/night/hash-chain.ts'
import { eventDataOf, storedEvent } from './stored-event.ts'

/** Small enough that hashing one batch holds up nothing else in the process. */
const batchSize = 100
const pageSize = 100
/** Items waiting between the wire and us at the most. */
const inboxSize = 256

const end = { caughtUp: true } as const

// A checkpoint for every 32 events that do not match, the client's default, would be most of what is sent.
const checkpointInterval = 1_000

const filterOf = (selection: Selection) =>
  'streams' in selection
    ? streamNameFilter({ regex: selection.streams, checkpointInterval })
    : eventTypeFilter({ regex: `^(${selection.types.join('|')})$`, checkpointInterval })

/** Ends the subscription's own stream where the server has nothing older left to send. */
const endAtHead = (subscription: AllStreamSubscription) => {
  subscription.on('caughtUp', () => subscription.push(end))
  return subscription
}

async function* scan(
  client: EventStoreDBClient,
  selection: Selection,
  signal?: AbortSignal,
): AsyncGenerator<readonly StoredEvent[]> {
  const subscription = endAtHead(
    client.subscribeToAll({ fromPosition: START, filter: filterOf(selection) }, { highWaterMark: inboxSize }),
  )
  let batch: StoredEvent[] = []
  try {
    for await (const item of subscription) {
      signal?.throwIfAborted()
      if ('caughtUp' in item) break
      const event = storedEvent(item)
      if (event) batch.push(event)
      if (batch.length === batchSize) {
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
  } catch (error) {
    signal?.throwIfAborted()
    throw new StoreUnavailable(error)
  } finally {
    // Leaving the loop alone would keep the call open on the server for ever.
    await subscription.unsubscribe().catch(() => {})
  }
}

/** Reads what one request asks for; nothing for a stream that does not exist. */
const pageOf = async (
  read: () => AsyncIterable<Parameters<typeof storedEvent>[0]>,
): Promise<StoredEvent[]> => {
  const page: StoredEvent[] = []
  try {
    for await (const resolved of read()) {
      const event = storedEvent(resolved)
      if (event) page.push(event)
    }
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw new StoreUnavailable(error)
  }
  return page
}

/** The adapter of {@link NightLog} on the process's one client. */
export const nightLog = (client: EventStoreDBClient, credentials: Credentials): NightLog => ({
  scan: (selection, signal) => scan(client, selection, signal),

  readForwards: async function* (stream, from = 0n) {
    for (let fromRevision = from; ; ) {
      const options = { direction: FORWARDS, fromRevision, maxCount: pageSize, credentials } as const
      const page = await pageOf(() => client.readStream(stream, options))
      const last = page.at(-1)
      if (!last) return
      yield page
      fromRevision = last.revision + 1n
    }
  },

  lastRevision: async (stream) => {
    const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1, credentials } as const
    const [last] = await pageOf(() => client.readStream(stream, options))
    return last?.revision ?? 'none'
  },

  append: async (stream, events, expected) => {
    const expectedRevision = expected === 'none' ? NO_STREAM : expected
    try {
      await client.appendToStream(stream, events.map(eventDataOf), { expectedRevision, credentials })
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw new StoreUnavailable(error)
      const { actualVersion } = error
      throw new RevisionConflict(stream, expected, typeof actualVersion === 'bigint' ? actualVersion : 'none')
    }
  },
})
