import { setImmediate as turn } from 'node:timers/promises'
import type { VirtualClock } from '#adapters/virtual-clock.ts'
import type { EventFeed, FeedBatch } from '#commands/event-feed.ts'
import type { Appended, EventStore } from '#commands/event-store.ts'
import { catalogue } from '#domain/catalogue.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import { isBefore } from '#domain/shared/position.ts'
import { Follower } from './follower.ts'
import { serial } from './serial.ts'
import { StreamCache } from './stream-cache.ts'

// As many as the clock waits for: a chain of promises that goes on from an answer has called for its next by then.
const turnsToSettle = 4

type RealStore = EventStore & EventFeed

/**
 * A log under a virtual clock, for a whole system in one process. Appends and reads go to the real store one after the
 * other, in the order of calling; every event comes back from it and is given to one follower at a time, in the order of
 * following, and the next only when all that it led to has settled. Time stands still meanwhile. So the same system on
 * the same scenario writes the same log.
 *
 * Nobody may write to the log beside it, and no follower may wait for the clock, or for another follower, before it asks
 * for the next event.
 */
export const tapStore = async (
  real: RealStore,
  clock: VirtualClock,
  signal: AbortSignal,
): Promise<TappedStore> => {
  const tapped = new TappedStore(real, clock, await real.head())
  await tapped.listen(signal)
  return tapped
}

export class TappedStore implements EventStore, EventFeed {
  readonly #real: RealStore
  readonly #clock: VirtualClock
  readonly #inTurn = serial()
  readonly #streams = new StreamCache()
  readonly #followers = new Set<Follower>()
  readonly #queue: Recorded[] = []
  readonly #arrivals: { readonly position: Position; readonly resolve: () => void }[] = []
  #head: Position | null
  #calls = 0
  #pumping = false
  #failure: unknown = null

  constructor(real: RealStore, clock: VirtualClock, head: Position | null) {
    this.#real = real
    this.#clock = clock
    this.#head = head
  }

  append(...append: Parameters<EventStore['append']>): Promise<Appended> {
    return this.#called('append', async () => {
      if (this.#failure) throw this.#failure
      const appended = await this.#real.append(...append)
      await this.#arrived(appended.position)
      return appended
    })
  }

  async *readBackwards(stream: string): AsyncGenerator<Recorded> {
    const known = this.#streams.backwards(stream)
    if (known) {
      yield* known
      return
    }
    const events = this.#real.readBackwards(stream)[Symbol.asyncIterator]()
    for (;;) {
      const { done, value } = await this.#called(`read of ${stream}`, () => events.next())
      if (done) return
      yield value
    }
  }

  async head(): Promise<Position | null> {
    return this.#head
  }

  async *follow(
    types: readonly string[],
    after: Position | null,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch, void> {
    const follower = new Follower(types)
    // Whoever follows now hears of everything from here on; what was before comes from the real store.
    const joined = this.#head
    this.#followers.add(follower)
    const leave = () => follower.leave()
    signal.addEventListener('abort', leave, { once: true })
    const release = this.#clock.hold(`the past for a follower of ${types.join(', ')}`)
    try {
      if (joined && isBefore(after, joined)) yield* this.#past(types, after, joined, signal)
      if (!signal.aborted) yield { events: [], position: joined, caughtUp: true }
      release()
      for (let batch = await follower.next(); batch; batch = await follower.next()) yield batch
    } finally {
      release()
      follower.leave()
      this.#followers.delete(follower)
      signal.removeEventListener('abort', leave)
    }
  }

  /** Begins to hear of what is appended; resolves when nothing can be missed. */
  async listen(signal: AbortSignal): Promise<void> {
    const listening = Promise.withResolvers<void>()
    const hear = async () => {
      for await (const { events, caughtUp } of this.#real.follow([...catalogue.keys()], this.#head, signal)) {
        if (caughtUp) listening.resolve()
        for (const event of events) this.#hear(event)
      }
    }
    hear().catch((error: unknown) => {
      this.#failure = error
      listening.reject(error)
      for (const { resolve } of this.#arrivals.splice(0)) resolve()
    })
    await listening.promise
  }

  async *#past(
    types: readonly string[],
    after: Position | null,
    joined: Position,
    signal: AbortSignal,
  ): AsyncGenerator<FeedBatch, void> {
    for await (const { events, position, caughtUp } of this.#real.follow(types, after, signal)) {
      const past = events.filter((event) => !isBefore(joined, event.position))
      if (past.length > 0)
        yield { events: past, position: past.at(-1)?.position ?? position, caughtUp: false }
      if (caughtUp || (position && !isBefore(position, joined))) return
    }
  }

  #hear(event: Recorded): void {
    this.#head = event.position
    this.#streams.note(event)
    this.#queue.push(event)
    while (this.#arrivals[0] && !isBefore(event.position, this.#arrivals[0].position))
      this.#arrivals.shift()?.resolve()
    void this.#pump()
  }

  #arrived(position: Position): Promise<void> {
    if (this.#failure || !isBefore(this.#head, position)) return Promise.resolve()
    return new Promise((resolve) => this.#arrivals.push({ position, resolve }))
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return
    this.#pumping = true
    const release = this.#clock.hold('followers of the log')
    for (let event = this.#queue.shift(); event; event = this.#queue.shift())
      for (const follower of [...this.#followers]) {
        if (!follower.types.has(event.type)) continue
        await this.#settled()
        await follower.give(event)
      }
    this.#pumping = false
    release()
  }

  #called<T>(what: string, work: () => Promise<T>): Promise<T> {
    const release = this.#clock.hold(what)
    this.#calls += 1
    return this.#inTurn(work).finally(() => {
      this.#calls -= 1
      release()
    })
  }

  /** Resolves when nobody waits for the store and nobody has called it for some turns of the event loop. */
  async #settled(): Promise<void> {
    for (let quiet = 0; quiet < turnsToSettle; quiet += 1) {
      await turn()
      if (this.#calls > 0) quiet = -1
    }
  }
}
