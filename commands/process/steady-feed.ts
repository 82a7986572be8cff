import type { EventFeed, FeedBatch } from '#commands/event-feed.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import type { Position } from '#domain/shared/event.ts'

export const retryMs = 500

export type SteadyFeedParts = {
  readonly feed: EventFeed
  readonly clock: Clock
  readonly types: readonly string[]
  readonly after: Position | null
  /** The line broke, or null: it is whole again. */
  readonly onTrouble: (error: unknown) => void
}

const isPoison = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof UndecodableEvent

/**
 * The feed with its line mended: after a break it goes on from the last position. Ends when `signal` does; throws only at
 * an event that cannot be read.
 */
export async function* steadyFeed(
  { feed, clock, types, after, onTrouble }: SteadyFeedParts,
  signal: AbortSignal,
): AsyncGenerator<FeedBatch, void> {
  let position = after
  while (!signal.aborted) {
    try {
      for await (const batch of feed.follow(types, position, signal)) {
        yield batch
        position = batch.position
        onTrouble(null)
      }
    } catch (error) {
      if (signal.aborted) return
      if (isPoison(error)) throw error
      onTrouble(error)
      await clock.sleepUntil(clock.now() + retryMs, signal).catch(() => {})
    }
  }
}
