import type { FeedBatch } from '#commands/event-feed.ts'
import type { Recorded } from '#domain/shared/event.ts'

/** One who follows the log and is given an event at a time; it is through with one when it asks for the next. */
export class Follower {
  readonly types: ReadonlySet<string>
  #asking: ((batch: FeedBatch | null) => void) | null = null
  #whenIdle: (() => void) | null = null
  #gone = false

  constructor(types: readonly string[]) {
    this.types = new Set(types)
  }

  /** The next batch; null at the end. */
  next(): Promise<FeedBatch | null> {
    if (this.#gone) return Promise.resolve(null)
    return new Promise((resolve) => {
      this.#asking = resolve
      this.#whenIdle?.()
      this.#whenIdle = null
    })
  }

  /** Gives it an event as soon as it asks, and resolves when it asks again or is gone. */
  async give(event: Recorded): Promise<void> {
    await this.#idle()
    const asking = this.#asking
    this.#asking = null
    asking?.({ events: [event], position: event.position, caughtUp: true })
    await this.#idle()
  }

  leave(): void {
    this.#gone = true
    this.#asking?.(null)
    this.#asking = null
    this.#whenIdle?.()
  }

  #idle(): Promise<void> {
    if (this.#gone || this.#asking) return Promise.resolve()
    return new Promise((resolve) => {
      this.#whenIdle = resolve
    })
  }
}
