import type { Position, Recorded } from '#domain/shared/event.ts'
import type { EventFeed, FeedBatch } from '#projections/engine/event-feed.ts'
import { isAfter } from '#projections/engine/position.ts'
import { Signal } from '#projections/engine/signal.ts'

type Options = {
  /** How many events the next batch has; asked each time. */
  readonly batchSize?: () => number
  /** Every batch is given this often. */
  readonly times?: number
}

/** A feed over a list, to choose where batches end and what comes twice. The log itself is tested with the store. */
export class RecordedLog implements EventFeed {
  readonly #events: Recorded[] = []
  readonly #appended = new Signal()
  readonly #options: Options
  /** How many events were given, repeats included. */
  given = 0

  constructor(events: readonly Recorded[] = [], options: Options = {}) {
    this.#events.push(...events)
    this.#options = options
  }

  append(...events: readonly Recorded[]): void {
    this.#events.push(...events)
    this.#appended.fire()
  }

  /** Each follower's line breaks here and now. */
  break(): void {
    this.#breaks += 1
    this.#appended.fire()
  }
  #breaks = 0

  async head(): Promise<Position | null> {
    return this.#events.at(-1)?.position ?? null
  }

  async *follow(
    types: readonly string[],
    after: Position | null,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch> {
    const { batchSize = () => 100, times = 1 } = this.#options
    const breaks = this.#breaks
    const ended = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve(), { once: true }),
    )
    let at = this.#events.findIndex(({ position }) => isAfter(position, after))
    if (at === -1) at = this.#events.length
    let told = false
    while (!signal.aborted) {
      if (this.#breaks > breaks) throw new Error('the line to the log broke')
      const appended = this.#appended.changed()
      const stretch = this.#events.slice(at, at + Math.max(1, batchSize()))
      at += stretch.length
      const caughtUp = at === this.#events.length
      const position = stretch.at(-1)?.position ?? (told ? null : after)
      const events = stretch.filter(({ type }) => types.includes(type))
      if (stretch.length > 0 || !told) {
        told = true
        for (let time = 0; time < times && !signal.aborted; time++) {
          this.given += events.length
          yield { events, position, caughtUp }
        }
      } else await Promise.race([appended, ended])
    }
  }
}
