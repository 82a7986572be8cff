import type { Position } from '#domain/shared/event.ts'
import type { EventFeed } from './event-feed.ts'

/**
 * Looks whether anything follows a position that is for these types: `work` if so, otherwise how far there is nothing.
 * A live subscription may stay silent over a long stretch that is not for it; this one ends with the log.
 */
export const passOver = async (
  feed: EventFeed,
  types: readonly string[],
  after: Position | null,
  signal: AbortSignal,
): Promise<{ readonly work: boolean; readonly position: Position | null }> => {
  const enough = new AbortController()
  try {
    for await (const batch of feed.follow(types, after, AbortSignal.any([signal, enough.signal]))) {
      if (batch.events.length > 0) return { work: true, position: after }
      if (batch.caughtUp) return { work: false, position: batch.position }
    }
    return { work: false, position: after }
  } finally {
    enough.abort()
  }
}
