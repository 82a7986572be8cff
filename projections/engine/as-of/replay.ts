import type { Pool } from 'pg'
import type { Position } from '#domain/shared/event.ts'
import { beginning } from '../control.ts'
import { handledTypes, type Projection } from '../definition.ts'
import type { EventFeed, FeedBatch } from '../event-feed.ts'
import { Flusher } from '../flusher.ts'
import { isBy, type Moment } from './moment.ts'

export type Replay = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly projections: readonly Projection[]
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

/** One writer for each projection, into one schema; no checkpoint is kept, for what dies half-way is dropped. */
const writersOf = ({ pool, projections, schema, after }: Replay, failed: (error: unknown) => void) =>
  projections.map((projection) => {
    const types = new Set(handledTypes(projection))
    const flusher = new Flusher({
      ...{ pool, projection, schema, failed },
      checkpoint: { ...beginning, position: after },
      advance: async () => {},
      written: () => {},
    })
    const take = (batch: FeedBatch) =>
      flusher.take({ ...batch, events: batch.events.filter(({ type }) => types.has(type)) })
    return { take, idle: () => flusher.idle() }
  })

/**
 * Replays the log up to a moment into a schema, through the same projections and the same writer as live. Holds no more
 * of it in memory than a runner does. Resolves with the last position replayed.
 */
export const replay = async (options: Replay, signal: AbortSignal): Promise<Position | null> => {
  const { feed, projections, moment, after, progressed } = options
  const over = new AbortController()
  const stop = AbortSignal.any([signal, over.signal])
  const writers = writersOf(options, (error) => over.abort(error))
  const types = [...new Set(projections.flatMap(handledTypes))]
  let [position, events] = [after, 0]
  const take = async (taken: FeedBatch) => {
    await Promise.all(writers.map((writer) => writer.take(taken)))
    position = taken.events.at(-1)?.position ?? position
    events += taken.events.length
    progressed(events)
  }
  for await (const given of feed.follow(types, after, stop)) {
    const { batch, beyond } = upTo(moment, given)
    await take(batch)
    if (beyond || batch.caughtUp) break
  }
  await Promise.all(writers.map((writer) => writer.idle()))
  stop.throwIfAborted()
  return position
}
