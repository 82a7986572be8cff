import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import { type Instant, instantOf } from '#domain/shared/time.ts'
import { handledTypes, type Projection } from './definition.ts'
import type { EventFeed } from './event-feed.ts'
import type { Flusher } from './flusher.ts'
import { passOver } from './pass-over.ts'
import { isAfter, samePosition } from './position.ts'

/** How often it looks; how long a position may stand while there is work; when the line is taken for dead. */
const [lookMs, alarmMs, deadMs] = [1_000, 5_000, 20_000]

type Watched = {
  readonly feed: EventFeed
  readonly clock: Clock
  readonly projection: Projection
  readonly flusher: Flusher
  readonly head: () => Position | null
  /** Since when the position stands still while there is work; null when all is well. */
  readonly standing: (since: Instant | null) => void
}

/**
 * Raises the alarm when a position stands still while there is work, and moves it over what is not for its projection.
 * Rejects when the line seems dead, so that it is opened anew.
 */
export const watchProgress = async (
  { feed, clock, projection, flusher, head, standing }: Watched,
  signal: AbortSignal,
): Promise<void> => {
  let moved = { at: clock.now(), position: flusher.checkpoint.position }
  while (!signal.aborted) {
    await clock.sleepUntil(clock.now() + lookMs, signal)
    const { position } = flusher.checkpoint
    const behind = isAfter(head(), position)
    if (!behind || !samePosition(position, moved.position)) {
      moved = { at: clock.now(), position }
      standing(null)
    } else if (clock.now() - moved.at >= alarmMs) {
      const found = await passOver(feed, handledTypes(projection), position, signal)
      if (!found.work) flusher.passTo(found.position)
      standing(found.work ? instantOf(moved.at) : null)
      if (found.work && clock.now() - moved.at >= deadMs)
        throw new Error('nothing comes though there is work')
    }
  }
}
