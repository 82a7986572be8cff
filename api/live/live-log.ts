import { messageEvents } from '#domain/agents/message-events.ts'
import { type AnyEvent, catalogue } from '#domain/catalogue.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import { type EventFeed, PoisonEvent } from '#projections/engine/event-feed.ts'
import { isAfter } from '#projections/engine/position.ts'
import { logItem } from './cloud-event.ts'
import type { LiveItem } from './item.ts'

/** A conversation is of two (S12): what an agent is asked and answers is in the journal, not on the air. */
const ofTwo: ReadonlySet<string> = new Set(messageEvents.map(({ type }) => type))

/** The types of the log that live clients hear. */
export const liveTypes: readonly string[] = [...catalogue.keys()].filter((type) => !ofTwo.has(type))

/** The feed gives what the catalogue could decode. */
export const isOurs = (event: Recorded): event is Recorded<AnyEvent> => catalogue.has(event.type)

export type LiveLogParts = {
  readonly feed: EventFeed
  readonly clock: Clock
  readonly publish: (item: LiveItem) => void
  /** The line to the log broke, or an event could not be read and was passed over. */
  readonly onTrouble: (error: unknown) => void
  /** So many of the newest items are kept: who was away for a moment needs nothing read from the log. */
  readonly kept?: number
}

const retryMs = 500
const usuallyKept = 500

/** The head of the log, followed once for all who listen. */
export class LiveLog {
  readonly #parts: LiveLogParts
  /** In log order, all that came after `#begins`. */
  #kept: LiveItem[] = []
  #begins: Position | null = null
  #position: Position | null = null
  readonly #begun = Promise.withResolvers<void>()
  #following = false

  constructor(parts: LiveLogParts) {
    this.#parts = parts
  }

  /** Everything up to here has been published; null in an empty log. */
  get position(): Position | null {
    return this.#position
  }

  /** False until {@link begun}. */
  get following(): boolean {
    return this.#following
  }

  /** Resolves when the end of the log is known for the first time. */
  get begun(): Promise<void> {
    return this.#begun.promise
  }

  /** What was published after a position; null when that is longer ago than what is kept. */
  since(position: Position | null): readonly LiveItem[] | null {
    if (isAfter(this.#begins, position)) return null
    const first = this.#kept.findIndex((item) => isAfter(item.position, position))
    return first === -1 ? [] : this.#kept.slice(first)
  }

  /** Publishes what comes into the log from now on, each once, until `signal` ends; a broken line is mended. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (!this.#following) await this.#begin()
        await this.#follow(signal)
      } catch (error) {
        if (signal.aborted) return
        this.#parts.onTrouble(error)
        if (error instanceof PoisonEvent) this.#passOver(error.position)
        else await this.#pause(signal)
      }
    }
  }

  async #begin(): Promise<void> {
    this.#position = this.#begins = await this.#parts.feed.head()
    this.#following = true
    this.#begun.resolve()
  }

  async #follow(signal: AbortSignal): Promise<void> {
    for await (const { events, position } of this.#parts.feed.follow(liveTypes, this.#position, signal)) {
      for (const event of events) if (isAfter(event.position, this.#position)) this.#take(event)
      if (isAfter(position, this.#position)) this.#position = position
    }
  }

  #take(event: Recorded): void {
    this.#position = event.position
    if (!isOurs(event)) return
    const item = logItem(event)
    this.#kept.push(item)
    // In larger steps: one at a time would move the whole list for every event.
    const most = this.#parts.kept ?? usuallyKept
    if (this.#kept.length >= most * 2) this.#trim(this.#kept.length - most)
    this.#parts.publish(item)
  }

  #trim(count: number): void {
    const gone = this.#kept.splice(0, count)
    this.#begins = gone.at(-1)?.position ?? this.#begins
  }

  /** Of an event of a newer program nobody here can tell; what follows it is not kept waiting. */
  #passOver(position: Position): void {
    if (isAfter(position, this.#position)) this.#position = position
  }

  async #pause(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts
    await clock.sleepUntil(clock.now() + retryMs, signal).catch(() => {})
  }
}
