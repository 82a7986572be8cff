import type { DomainEvent, Position, Recorded } from '#domain/shared/event.ts'
import type { Metadata } from '#domain/shared/metadata.ts'

/** The number of a stream's last event, or `none` for a stream that does not exist yet. */
export type Revision = bigint | 'none'

/** An event on its way into the log. Its id is derived from its command, so the store recognises a repeated append. */
export type ProposedEvent = DomainEvent & {
  readonly id: string
  readonly metadata: Omit<Metadata, 'schemaVersion'>
}

/** Somebody else wrote first; load again and decide again. */
export class RevisionConflict extends Error {
  readonly stream: string
  readonly expected: Revision
  readonly actual: Revision
  constructor(stream: string, expected: Revision, actual: Revision) {
    super(`${stream} is at revision ${actual}, not ${expected}`)
    this.name = 'RevisionConflict'
    this.stream = stream
    this.expected = expected
    this.actual = actual
  }
}

/** No acknowledgement came: the append may or may not be in the log. Repeating it with the same ids is safe. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super(`the event store does not answer: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
    this.name = 'StoreUnavailable'
  }
}

export type Appended = { readonly revision: bigint; readonly position: Position }

/** The write side's port to the log. */
export type EventStore = {
  /**
   * Appends all events or none; resolves once they are on disk. An append whose ids already stand right after `expected`
   * succeeds without writing again.
   */
  append(stream: string, events: readonly ProposedEvent[], expected: Revision): Promise<Appended>
  /** A stream from its newest event back to its oldest, read as far as the caller goes; empty if there is none. */
  readBackwards(stream: string): AsyncIterable<Recorded>
}
