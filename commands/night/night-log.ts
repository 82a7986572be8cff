import type { Revision } from '#commands/event-store.ts'
import type { StoredEvent } from '#domain/night/hash-chain.ts'

/** Which part of the log to go through: by a regular expression for names of streams, or by types of events. */
export type Selection = { readonly streams: string } | { readonly types: readonly string[] }

/** The port to the log for what carries events without understanding them: undecoded, whatever program wrote them. */
export type NightLog = {
  /**
   * The selected events in log order, in batches of bounded size, from the log's beginning to the end it has when the
   * reader gets there. The next batch is read when it is asked for. Rejects with `StoreUnavailable`.
   */
  scan(selection: Selection, signal?: AbortSignal): AsyncIterable<readonly StoredEvent[]>
  /** A stream by rising revision, in batches; nothing if there is none. */
  readForwards(stream: string, from?: bigint): AsyncIterable<readonly StoredEvent[]>
  /** The number of a stream's last event. */
  lastRevision(stream: string): Promise<Revision>
  /**
   * Appends events as they are, all or none, and resolves once they are on disk. Rejects with `RevisionConflict` when the
   * stream has others, and does nothing when these stand right after `expected` already.
   */
  append(stream: string, events: readonly StoredEvent[], expected: Revision): Promise<void>
}
