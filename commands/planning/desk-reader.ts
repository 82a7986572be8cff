import type { EventFeed } from '#commands/event-feed.ts'
import { type Desk, emptyDesk } from '#domain/planning/desk/desk.ts'
import { deskTypes } from '#domain/planning/desk/desk-events.ts'
import { foldDesk } from '#domain/planning/desk/fold.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'

const retryMs = 500

type Parts = {
  readonly feed: EventFeed
  readonly clock: Clock
  readonly site: string
  readonly onError: (error: unknown) => void
}

/** The desk as the log has it, kept up to date. */
export class DeskReader {
  #desk: Desk = emptyDesk
  #position: Position = { commit: 0n, prepare: 0n }
  #caughtUp = false
  #change = Promise.withResolvers<void>()
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get desk(): Desk {
    return this.#desk
  }

  /** The last event that the desk rests on, or one after it that says nothing to the planner. */
  get position(): Position {
    return this.#position
  }

  get caughtUp(): boolean {
    return this.#caughtUp
  }

  /** Resolves with the next batch. */
  changed(): Promise<void> {
    return this.#change.promise
  }

  /** Resolves when the log has brought what is waited for; rejects when the signal ends first. */
  async until(reached: (desk: Desk) => boolean, signal: AbortSignal): Promise<void> {
    for (;;) {
      const changed = this.changed()
      signal.throwIfAborted()
      if (reached(this.#desk)) return
      await changed
    }
  }

  /** Follows the log until the signal ends; a line that breaks is taken up again where it broke. */
  async follow(signal: AbortSignal): Promise<void> {
    const { clock, onError } = this.#parts
    let after: Position | null = null
    signal.addEventListener('abort', () => this.#tell(), { once: true })
    while (!signal.aborted) {
      try {
        for await (const batch of this.#batches(after, signal)) after = batch
      } catch (error) {
        if (signal.aborted) return
        onError(error)
        await clock.sleepUntil(clock.now() + retryMs, signal).catch(() => {})
      }
    }
  }

  async *#batches(after: Position | null, signal: AbortSignal): AsyncGenerator<Position | null> {
    const { feed, site } = this.#parts
    for await (const { events, position, caughtUp } of feed.follow(deskTypes, after, signal)) {
      this.#desk = foldDesk(this.#desk, events, site)
      this.#position = events.at(-1)?.position ?? this.#position
      this.#caughtUp = caughtUp
      this.#tell()
      yield position
    }
  }

  #tell(): void {
    const told = this.#change
    this.#change = Promise.withResolvers<void>()
    told.resolve()
  }
}
