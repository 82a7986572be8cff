import type { Pool } from 'pg'
import type { Position } from '#domain/shared/event.ts'
import { beginning } from '../control.ts'
import { handledTypes, type Projection } from '../definition.ts'
import type { EventFeed, FeedBatch } from '../event-feed.ts'
import { Flusher } from '../flusher.ts'
import type { Tables } from '../table.ts'
import { isBy, type Moment } from './moment.ts'

export type Replay = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly projection: Projection
  /** Those of its tables that are filled. */
  readonly tables: Tables
  readonly schema: string
  readonly moment: Moment
  /** Where the rows that are there already stand. */
  readonly after: Position | null
  readonly progressed: (events: number) => void
}

/** What of a batch was in the log by then, and whether the log goes beyond. */
const upTo = (moment: Moment, batch: FeedBatch): { batch: FeedBatch; beyond: boolean } => {
  const end = batch.events.findIndex((event) => !isBy(moment, event))
  if (end === -1) {
    const passed = 'position' in moment && batch.position !== null && batch.position.commit >= moment.position
    return { batch, beyond: passed }
  }
  const events = batch.events.slice(0, end)
  return { batch: { ...batch, events, position: events.at(-1)?.position ?? null }, beyond: true }
}

/**
 * Replays the log up to a moment into a schema, through the same projection and the same writer as live. Holds no more of
 * it in memory than a runner does. Resolves with the last position replayed.
 */
export const replay = async (options: Replay, signal: AbortSignal): Promise<Position | null> => {
  const { pool, feed, projection, tables, schema, moment, after, progressed } = options
  const over = new AbortController()
  const stop = AbortSignal.any([signal, over.signal])
  const flusher = new Flusher({
    ...{ pool, projection, schema, tables, stamps: false },
    checkpoint: { ...beginning, position: after },
    failed: (error) => over.abort(error),
    // No checkpoint is kept: what dies half-way is dropped.
    advance: async () => {},
    written: () => {},
  })
  let [position, events] = [after, 0]
  for await (const given of feed.follow(handledTypes(projection), after, stop)) {
    const { batch, beyond } = upTo(moment, given)
    await flusher.take(batch)
    position = batch.events.at(-1)?.position ?? position
    events += batch.events.length
    progressed(events)
    if (beyond || batch.caughtUp) break
  }
  await flusher.idle()
  stop.throwIfAborted()
  return position
}
