import type { Pool } from 'pg'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import type { Generation } from './control.ts'
import { handledTypes, type Projection } from './definition.ts'
import type { EventFeed } from './event-feed.ts'
import type { Flusher } from './flusher.ts'
import { passOver } from './pass-over.ts'
import { isAfter } from './position.ts'

/** A generation being filled, with all it needs to take the live one's place. */
export type Finishing = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly clock: Clock
  readonly projection: Projection
  readonly generation: Generation
  readonly flusher: Flusher
}

/** Brings the next generation to where the live one stands; over a stretch without events for it the feed may be silent. */
export const comeTo = async (
  { feed, projection, flusher }: Finishing,
  position: Position | null,
  signal: AbortSignal,
): Promise<void> => {
  const there = flusher.holdAt(position)
  if (isAfter(position, flusher.checkpoint.position)) {
    const silent = await passOver(feed, handledTypes(projection), flusher.checkpoint.position, signal)
    if (!silent.work) flusher.passTo(silent.position)
  }
  await there
  if (isAfter(position, flusher.checkpoint.position)) throw new Error('the line broke before the swap')
}
