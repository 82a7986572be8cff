import type { Pool } from 'pg'
import type { Recorded } from '#domain/shared/event.ts'
import { advance, type Checkpoint } from './checkpoint.ts'
import { type Projection, project } from './definition.ts'
import type { FeedBatch } from './event-feed.ts'
import { type FoldedBatch, foldInto } from './fold.ts'
import { inTransaction } from './transaction.ts'
import { writeRows } from './write-rows.ts'

/** Events folded and not yet written, at the most: the reader waits beyond this, and with it the server. */
const mostWaiting = 2_000

/**
 * Writes while the next batch is being read and folded. Every write is one transaction: the rows of some events and the
 * checkpoint behind them.
 */
export class Flusher {
  readonly #pool: Pool
  readonly #projection: Projection
  readonly #written: (checkpoint: Checkpoint, caughtUp: boolean) => void
  readonly #failed: (error: unknown) => void
  #checkpoint: Checkpoint
  #folded: FoldedBatch = new Map()
  #next: Checkpoint
  #waiting = 0
  #caughtUp = false
  #writing: Promise<void> | null = null

  constructor(
    pool: Pool,
    projection: Projection,
    checkpoint: Checkpoint,
    report: { written(checkpoint: Checkpoint, caughtUp: boolean): void; failed(error: unknown): void },
  ) {
    this.#pool = pool
    this.#projection = projection
    this.#checkpoint = checkpoint
    this.#next = checkpoint
    this.#written = report.written
    this.#failed = report.failed
  }

  /** Takes a batch; resolves when there is room for another. Throws what the projection throws, before writing any of it. */
  async take(batch: FeedBatch): Promise<void> {
    for (const event of batch.events) this.#fold(event)
    if (batch.position) this.#next = { ...this.#next, position: batch.position }
    this.#caughtUp = batch.caughtUp
    this.#writing ??= this.#write()
    while (this.#writing && this.#waiting >= mostWaiting) await this.#writing
  }

  /** Resolves when all that was taken is written, or a write failed. */
  async idle(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  #fold(event: Recorded): void {
    foldInto(this.#folded, this.#projection, project(this.#projection, event))
    this.#waiting++
    this.#next = {
      position: event.position,
      events: this.#next.events + 1,
      lastOccurredAt: event.metadata.occurredAt,
    }
  }

  async #write(): Promise<void> {
    try {
      for (let dirty = true; dirty; dirty = this.#next !== this.#checkpoint) await this.#writeOnce()
    } catch (error) {
      this.#failed(error)
    } finally {
      this.#writing = null
    }
  }

  async #writeOnce(): Promise<void> {
    const [folded, from, to, caughtUp] = [this.#folded, this.#checkpoint, this.#next, this.#caughtUp]
    this.#folded = new Map()
    this.#waiting = 0
    if (to !== from) {
      await inTransaction(this.#pool, async (client) => {
        await advance(client, this.#projection, from, to)
        await writeRows(client, this.#projection, folded)
      })
      this.#checkpoint = to
    }
    this.#written(to, caughtUp)
  }
}
