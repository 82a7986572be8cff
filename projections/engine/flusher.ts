import type { ClientBase, Pool } from 'pg'
import type { Position, Recorded } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { Checkpoint } from './control.ts'
import { type Change, type Projection, project } from './definition.ts'
import { type FeedBatch, PoisonEvent } from './event-feed.ts'
import { type FoldedBatch, foldInto, ImpossibleChange } from './fold.ts'
import { stamped } from './log-columns.ts'
import { isAfter } from './position.ts'
import { Signal } from './signal.ts'
import type { Tables } from './table.ts'
import { inTransaction } from './transaction.ts'
import { RowsDoNotFit, writeRows } from './write-rows.ts'

/** Events waiting to be written, at the most: the reader waits beyond this, and with it the server. */
export const mostWaiting = 2_000

/** While catching up a write waits for so many events, or so long: a transaction costs as much as a hundred rows. */
const [worthWriting, patienceMs] = [1_000, 25]

/** A writer whose machine is gone must not keep the row of the checkpoint locked: Postgres would wait two hours for it. */
const beginWriting = `begin; set local idle_in_transaction_session_timeout = '4s'`

/** What is left of an event once it is projected; the event itself may go. */
type Entry = {
  readonly position: Position
  readonly occurredAt: Instant
  readonly changes: readonly Change[]
}

/** Postgres refuses the rows themselves (data exception, broken constraint, too large): trying again cannot help. */
const isRowError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(22|23|54)/.test(String(error.code))

const isProjectionError = (error: unknown): boolean =>
  error instanceof ImpossibleChange || error instanceof RowsDoNotFit || isRowError(error)

export type FlusherParts = {
  readonly pool: Pool
  readonly projection: Projection
  readonly schema: string
  /** Those of its tables that are written; changes to others are left out. */
  readonly tables: Tables
  /** Whether rows of append-only tables get their event's place in the log. */
  readonly stamps: boolean
  readonly checkpoint: Checkpoint
  /** Moves the checkpoint in the transaction of the rows. */
  readonly advance: (client: ClientBase, from: Checkpoint, to: Checkpoint) => Promise<void>
  /** More to be done in that transaction, once the rows are there. */
  readonly afterRows?: (client: ClientBase, from: Checkpoint, to: Checkpoint) => Promise<void>
  readonly written: (checkpoint: Checkpoint, caughtUp: boolean) => void
  /** Told of rows once they are committed. */
  readonly changed?: (batch: FoldedBatch, to: Checkpoint) => void
  readonly failed: (error: unknown) => void
}

/**
 * Writes while the next batch is being read. Every write is one transaction: the rows of some events, folded together,
 * and the checkpoint behind them.
 */
export class Flusher {
  readonly #parts: FlusherParts
  readonly #changed = new Signal()
  #checkpoint: Checkpoint
  #waiting: Entry[] = []
  /** Where the last event stood that was taken, and how far the feed has come; a repeated event is left out. */
  #taken: Position | null
  #position: Position | null
  #caughtUp = false
  #reported = true
  #poison: PoisonEvent | null = null
  /** Nothing beyond this is written; undefined is no limit. */
  #limit: Position | null | undefined
  #writing = false
  #patience: NodeJS.Timeout | null = null
  #failed = false

  constructor(parts: FlusherParts) {
    this.#parts = parts
    this.#checkpoint = parts.checkpoint
    this.#taken = parts.checkpoint.position
    this.#position = parts.checkpoint.position
  }

  get checkpoint(): Checkpoint {
    return this.#checkpoint
  }

  /** Takes a batch; resolves when there is room for another. */
  async take(batch: FeedBatch): Promise<void> {
    for (const event of batch.events) {
      if (this.#poison) break
      if (isAfter(event.position, this.#taken)) this.#takeEvent(event)
    }
    if (!this.#poison && isAfter(batch.position, this.#position)) this.#position = batch.position
    this.#caughtUp = batch.caughtUp
    this.#reported = false
    if (this.#isWorthWriting()) this.#write()
    else this.#patience ??= setTimeout(() => this.#write(), patienceMs)
    while (this.#waiting.length >= mostWaiting && !this.#failed) await this.#changed.changed()
  }

  /** The event that follows all that was taken cannot be decoded. */
  takePoison(poison: PoisonEvent): void {
    this.#poison ??= poison
    this.#write()
  }

  /** Resolves when all that was taken is written, or a write failed. */
  async idle(): Promise<void> {
    this.#write()
    while (this.#writing && !this.#failed) await this.#changed.changed()
  }

  /** Writes no further than `limit` from now on; resolves with the checkpoint when it stands there, or already behind it. */
  async holdAt(limit: Position | null): Promise<Checkpoint> {
    this.#limit = limit
    this.#write()
    while (isAfter(limit, this.#checkpoint.position) && !this.#failed) await this.#changed.changed()
    await this.idle()
    return this.#checkpoint
  }

  /** Somebody else looked: up to here the log holds nothing more for this projection. */
  passTo(position: Position | null): void {
    if (this.#waiting.length === 0 && isAfter(position, this.#position)) this.#position = position
    this.#write()
  }

  /** Nothing more will come; who waits for it need not. */
  end(): void {
    this.#failed = true
    this.#changed.fire()
  }

  /** Writes on without a limit. */
  goOn(): void {
    this.#limit = undefined
    this.#write()
  }

  #takeEvent(event: Recorded): void {
    const { position, metadata } = event
    try {
      const changes = this.#changesOf(event)
      this.#waiting.push({ position, occurredAt: metadata.occurredAt, changes })
      this.#taken = position
      if (isAfter(position, this.#position)) this.#position = position
    } catch (cause) {
      this.#poison = new PoisonEvent(position, cause)
    }
  }

  #changesOf(event: Recorded): readonly Change[] {
    const { projection, tables, stamps } = this.#parts
    const changes = project(projection, event)
    if (stamps) return stamped(changes, tables, event.position, event.metadata.occurredAt)
    return changes.every(({ table }) => table in tables)
      ? changes
      : changes.filter(({ table }) => table in tables)
  }

  #isWorthWriting(): boolean {
    return (
      this.#caughtUp ||
      this.#poison !== null ||
      this.#limit !== undefined ||
      this.#waiting.length >= worthWriting
    )
  }

  #write(): void {
    if (this.#patience) clearTimeout(this.#patience)
    this.#patience = null
    if (this.#writing || this.#failed) return
    this.#writing = true
    this.#writeAll()
      .catch((error) => {
        this.#failed = true
        this.#parts.failed(error)
      })
      .finally(() => {
        this.#writing = false
        // What was taken between the last look and this moment found a writer that was about to leave.
        if (this.#isWork(this.#target()) && !this.#patience) this.#write()
        this.#changed.fire()
      })
  }

  async #writeAll(): Promise<void> {
    for (let target = this.#target(); this.#isWork(target); target = this.#target()) {
      const entries = this.#entriesUpTo(target)
      const caughtUp = this.#caughtUp && this.#waiting.length === 0
      this.#reported = true
      await this.#writeEntries(entries, target)
      this.#parts.written(this.#checkpoint, caughtUp)
      this.#changed.fire()
      if (!this.#isWorthWriting() && this.#patience) return
    }
    if (this.#poison && this.#waiting.length === 0) throw this.#poison
  }

  #target(): Position | null {
    const limit = this.#limit
    return limit !== undefined && isAfter(this.#position, limit) ? limit : this.#position
  }

  #isWork(target: Position | null): boolean {
    return isAfter(target, this.#checkpoint.position) || (!this.#reported && this.#limit === undefined)
  }

  #entriesUpTo(target: Position | null): Entry[] {
    const waiting = this.#waiting
    const beyond =
      this.#limit === undefined ? -1 : waiting.findIndex(({ position }) => isAfter(position, target))
    this.#waiting = beyond === -1 ? [] : waiting.slice(beyond)
    return beyond === -1 ? waiting : waiting.slice(0, beyond)
  }

  async #writeEntries(entries: readonly Entry[], position: Position | null): Promise<void> {
    try {
      await this.#commit(entries, position)
    } catch (error) {
      if (!isProjectionError(error)) throw error
      await this.#writeUpToPoison(entries)
      await this.#commit([], position)
    }
  }

  /** By halves, so that all before the bad event is kept and the error names the event. */
  async #writeUpToPoison(entries: readonly Entry[]): Promise<void> {
    const last = entries.at(-1)
    if (!last) return
    try {
      await this.#commit(entries, last.position)
      this.#parts.written(this.#checkpoint, false)
    } catch (error) {
      if (!isProjectionError(error)) throw error
      if (entries.length === 1) throw new PoisonEvent(last.position, error)
      const half = entries.length >> 1
      await this.#writeUpToPoison(entries.slice(0, half))
      await this.#writeUpToPoison(entries.slice(half))
    }
  }

  async #commit(entries: readonly Entry[], position: Position | null): Promise<void> {
    const from = this.#checkpoint
    if (!isAfter(position, from.position)) return
    const { pool, schema, tables, advance, afterRows, changed } = this.#parts
    const folded: FoldedBatch = new Map()
    for (const { changes } of entries) foldInto(folded, tables, changes)
    const to: Checkpoint = {
      position,
      events: from.events + entries.length,
      lastOccurredAt: entries.at(-1)?.occurredAt ?? from.lastOccurredAt,
    }
    const write = async (client: ClientBase) => {
      await advance(client, from, to)
      await writeRows(client, schema, tables, folded)
      await afterRows?.(client, from, to)
    }
    await inTransaction(pool, write, beginWriting)
    this.#checkpoint = to
    if (folded.size > 0) changed?.(folded, to)
  }
}
