import { setImmediate as turn } from 'node:timers/promises'
import {
  type AllStreamSubscription,
  type EventStoreDBClient,
  eventTypeFilter,
  START,
} from '@eventstore/db-client'
import type { Position, Recorded } from '#domain/shared/event.ts'
import { type FeedBatch, PoisonEvent } from '#projections/engine/event-feed.ts'
import { positionOf, recordedEvent } from './recorded-event.ts'
import { within } from './within.ts'

/** Items waiting between the wire and us at the most; gRPC's flow control holds the server back beyond that. */
export const inboxSize = 512

/** Put into the subscription's own stream, so that it keeps its place among the events. */
type Marker = { readonly marker: 'checkpoint'; readonly position: Position } | { readonly marker: 'caughtUp' }

const isMarker = (item: object): item is Marker => 'marker' in item

/** The real server sends 2^64-1 when it has nothing to name yet; resuming from it would mean the end of the log. */
const noPosition = 2n ** 64n - 1n

const subscribe = (client: EventStoreDBClient, types: readonly string[], after: Position | null) => {
  const subscription: AllStreamSubscription = client.subscribeToAll(
    {
      fromPosition: after ?? START,
      filter: eventTypeFilter({
        regex: `^(${types.join('|')})$`,
        checkpointInterval: 32,
        checkpointReached: async (_, position) => {
          if (position.commit !== noPosition) push({ marker: 'checkpoint', position })
        },
      }),
    },
    { highWaterMark: inboxSize },
  )
  const push = (marker: Marker) => subscription.push(marker)
  subscription.on('caughtUp', () => push({ marker: 'caughtUp' }))
  return subscription
}

/** Resolves when the stream has something to read, has ended or failed; the listeners go with it. */
const readable = (
  stream: AllStreamSubscription,
  state: { failed?: unknown },
  signal: AbortSignal,
): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      stream.off('readable', done).off('end', done).off('error', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    if (state.failed || signal.aborted) return resolve()
    stream.once('readable', done).once('end', done).once('error', done)
    signal.addEventListener('abort', done, { once: true })
  })

/** Takes all that has arrived; a poison event ends the batch before it. */
const drain = (
  stream: AllStreamSubscription,
  last: FeedBatch,
): { batch: FeedBatch; poison?: PoisonEvent; any: boolean } => {
  const events: Recorded[] = []
  let { position, caughtUp } = last
  let any = false
  for (let item = stream.read(); item !== null; item = stream.read()) {
    any = true
    if (isMarker(item)) {
      if (item.marker === 'caughtUp') caughtUp = true
      else position = item.position
      continue
    }
    const at = positionOf(item)
    try {
      events.push(recordedEvent(item))
      position = at
    } catch (cause) {
      return { batch: { events, position, caughtUp }, poison: new PoisonEvent(at, cause), any }
    }
    if (events.length >= inboxSize) break
  }
  return { batch: { events, position, caughtUp }, any }
}

/** Longer than any healthy server needs to accept a subscription. */
const patienceMs = 12_000

/** Resolves when the server has accepted the subscription, or there is nothing to wait for any more. */
const accepted = (stream: AllStreamSubscription, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    stream.once('confirmation', resolve).once('error', () => resolve())
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** The adapter of {@link EventFeed.follow}: a filtered subscription to `$all`, read in batches. */
export async function* follow(
  client: EventStoreDBClient,
  types: readonly string[],
  after: Position | null,
  signal: AbortSignal,
): AsyncGenerator<FeedBatch> {
  const stream = subscribe(client, types, after)
  const state: { failed?: unknown } = {}
  stream.on('error', (error) => {
    state.failed = error
  })
  let last: FeedBatch = { events: [], position: after, caughtUp: false }
  try {
    await within(patienceMs, 'subscription to the log', accepted(stream, signal))
    while (!signal.aborted) {
      const { batch, poison, any } = drain(stream, last)
      last = { ...batch, events: [] }
      if (any) yield batch
      if (poison) throw poison
      if (any) continue
      if (state.failed) throw state.failed
      if (stream.readableEnded) throw new Error('the event store ended the subscription')
      await readable(stream, state, signal)
      // What came in one piece of the wire is then taken in one batch, not event by event.
      await turn()
    }
  } finally {
    // Leaving the loop alone would keep the call open on the server for ever.
    await within(1_000, 'end of the subscription', stream.unsubscribe()).catch(() => {})
  }
}
