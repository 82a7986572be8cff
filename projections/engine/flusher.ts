import type { Pool } from 'pg'
import type { Position, Recorded } from '#domain/shared/event.ts'
import { advance, type Checkpoint } from './checkpoint.ts'
import { type Projection, project } from './definition.ts'
import { type FeedBatch, PoisonEvent } from './event-feed.ts'
import { type FoldedBatch, foldInto, ImpossibleChange } from './fold.ts'
import { inTransaction } from './transaction.ts'
import { MissingRow, writeRows } from './write-rows.ts'

/** Events waiting to be written, at the most: the reader waits beyond this, and with it the server. */
const mostWaiting = 2_000

const isAfter = (position: Position, other: Position | null): boolean =>
  other === null ||
  position.commit > other.commit ||
  (position.commit === other.commit && position.prepare > other.prepare)

/** Postgres refuses the rows themselves (data exception, broken constraint): trying again cannot help. */
const isRowError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(22|23)/.test(String(error.code))

const isProjectionError = (error: unknown): boolean =>
  error instanceof ImpossibleChange ||
  error instanceof MissingRow ||
  error instanceof TypeError ||
  isRowError(error)

type Report = { written(checkpoint: Checkpoint, caughtUp: boolean): void; failed(error: unknown): void }

/**
 * Writes while the next batch is being read. Every write is one transaction: the rows of some events, folded together,
 * and the checkpoint behind them.
 */
export class Flusher {
  readonly #pool: Pool
  readonly #projection: Projection
  readonly #report: Report
  #checkpoint: Checkpoint
  #waiting: Recorded[] = []
  /** Where the last event stood that was taken, and how far the feed has come; a repeated event is left out. */
  #taken: Checkpoint['position']
  #position: Checkpoint['position']
  #caughtUp = false
  #changed = false
  #writing: Promise<void> | null = null

  constructor(pool: Pool, projection: Projection, checkpoint: Checkpoint, report: Report) {
    this.#pool = pool
    this.#projection = projection
    this.#checkpoint = checkpoint
    this.#taken = checkpoint.position
    this.#position = checkpoint.position
    this.#report = report
  }

  /** Takes a batch; resolves when there is room for another. */
  async take(batch: FeedBatch): Promise<void> {
    for (const event of batch.events) if (isAfter(event.position, this.#taken)) this.#waiting.push(event)
    this.#taken = this.#waiting.at(-1)?.position ?? this.#taken
    if (batch.position && isAfter(batch.position, this.#position)) this.#position = batch.position
    this.#caughtUp = batch.caughtUp
    this.#changed = true
    this.#writing ??= this.#writeAll()
    while (this.#writing !== null && this.#waiting.length >= mostWaiting) await this.#writing
  }

  /** Resolves when all that was taken is written, or a write failed. */
  async idle(): Promise<void> {
    while (this.#writing !== null) await this.#writing
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#changed) await this.#writeWaiting()
    } catch (error) {
      this.#report.failed(error)
    } finally {
      this.#writing = null
    }
  }

  async #writeWaiting(): Promise<void> {
    const [events, position, caughtUp] = [this.#waiting, this.#position, this.#caughtUp]
    this.#waiting = []
    this.#changed = false
    try {
      await this.#write(events, position)
    } catch (error) {
      if (!isProjectionError(error)) throw error
      await this.#writeUpToPoison(events)
    }
    this.#report.written(this.#checkpoint, caughtUp)
  }

  /** One by one, so that all before the bad event is kept and the error names the event. */
  async #writeUpToPoison(events: readonly Recorded[]): Promise<void> {
    for (const event of events) {
      try {
        await this.#write([event], event.position)
      } catch (error) {
        if (!isProjectionError(error)) throw error
        this.#report.written(this.#checkpoint, false)
        throw new PoisonEvent(event.position, error)
      }
    }
  }

  async #write(events: readonly Recorded[], position: Checkpoint['position']): Promise<void> {
    const folded: FoldedBatch = new Map()
    for (const event of events) foldInto(folded, this.#projection, project(this.#projection, event))
    const from = this.#checkpoint
    const to: Checkpoint = {
      position,
      events: from.events + events.length,
      lastOccurredAt: events.at(-1)?.metadata.occurredAt ?? from.lastOccurredAt,
    }
    if (position !== null && isAfter(position, from.position)) {
      await inTransaction(this.#pool, async (client) => {
        await advance(client, this.#projection, from, to)
        await writeRows(client, this.#projection, folded)
      })
    }
    this.#checkpoint = to
  }
}
