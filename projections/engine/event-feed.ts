import type { Position, Recorded } from '#domain/shared/event.ts'

/** Some events in log order and how far the feed has come with them. */
export type FeedBatch = {
  readonly events: readonly Recorded[]
  /** Everything up to here has been given, or passed over as not asked for. Null until there is anything. */
  readonly position: Position | null
  /** Whether the end of the log, as it was a moment ago, has been reached. */
  readonly caughtUp: boolean
}

/** An event that cannot be decoded; all events before it were given. */
export class PoisonEvent extends Error {
  readonly position: Position
  constructor(position: Position, cause: unknown) {
    super(
      `event at ${position.commit}/${position.prepare}: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    )
    this.name = 'PoisonEvent'
    this.position = position
  }
}

/** The read side's port to the log. */
export type EventFeed = {
  /**
   * Events of the given types after a position, in log order, each at least once, first the past and then live, without
   * end. The next batch is fetched only when asked for: a slow reader is not flooded. Throws {@link PoisonEvent}, or any
   * other error when the line breaks: follow again from the last position then.
   */
  follow(types: readonly string[], after: Position | null, signal: AbortSignal): AsyncIterable<FeedBatch>
  /** Where the newest event of all stands; null in an empty log. */
  head(): Promise<Position | null>
}
