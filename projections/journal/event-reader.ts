import type { Position, Recorded } from '#domain/shared/event.ts'

/** The log does not answer just now. */
export class LogUnavailable extends Error {
  constructor(cause: unknown) {
    super(`the event store does not answer: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
    this.name = 'LogUnavailable'
  }
}

/**
 * The read side's port to single events and stretches of the log, for what read models leave out: the data.
 * Throws {@link LogUnavailable}, or `UndecodableEvent` for an event of a newer program.
 */
export type EventReader = {
  /** Null when there is no such event (any more). */
  readEvent(stream: string, revision: bigint): Promise<Recorded | null>
  /** Our events from one position to another, both included, in log order; read as far as the caller goes. */
  readBetween(first: Position, last: Position): AsyncIterable<Recorded>
}
