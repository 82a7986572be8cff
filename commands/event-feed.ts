import type { Position, Recorded } from '#domain/shared/event.ts'

/** Some events in log order and how far the feed has come with them. */
export type FeedBatch = {
  readonly events: readonly Recorded[]
  /** Everything up to here has been given, or passed over as not asked for. Null until there is anything. */
  readonly position: Position | null
  /** Whether the end of the log, as it was a moment ago, has been reached. */
  readonly caughtUp: boolean
}

/** What agents and process managers hear of the log. */
export type EventFeed = {
  /**
   * Events of the given types after a position, in log order, each at least once, first the past and then live, without
   * end. The next batch is fetched only when asked for. Throws when the line breaks: follow again from the last position
   * then; an error caused by `UndecodableEvent` will come again.
   */
  follow(types: readonly string[], after: Position | null, signal: AbortSignal): AsyncIterable<FeedBatch>
  /** Where the newest event of all stands; null in an empty log. */
  head(): Promise<Position | null>
}
