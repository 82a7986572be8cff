import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '#domain/shared/clock.ts'

type Sleeper = { readonly wakesAt: number; readonly wake: () => void }

// Work that a wake-up starts may pass through nextTick, a resolved import or a stream's own turn before it takes a hold.
const turnsToSettle = 4

/**
 * A clock that is driven by hand, so that a night passes in seconds.
 *
 * Time moves from one sleeper to the next, one wake-up at a time (ties in order of calling). Between two wake-ups it
 * stands until nobody holds it and four turns of the event loop have passed without anybody taking hold. Hence
 * promise chains are always finished before time moves on; work that waits for a socket, a file or another process
 * is finished only if it holds the clock meanwhile: see {@link VirtualClock.hold}.
 */
export class VirtualClock implements Clock {
  #now: number
  #driven = false
  #holdChanges = 0
  readonly #sleepers: Sleeper[] = []
  readonly #holds = new Set<{ readonly what: string; readonly released: Promise<void> }>()

  constructor(startsAt: number) {
    this.#now = startsAt
  }

  now(): number {
    return this.#now
  }

  sleepUntil(epochMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (epochMs <= this.#now) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1)
        reject(signal?.reason)
      }
      const wake = () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }
      const sleeper = { wakesAt: epochMs, wake }
      signal?.addEventListener('abort', onAbort, { once: true })
      const before = this.#sleepers.findLastIndex(({ wakesAt }) => wakesAt <= epochMs)
      this.#sleepers.splice(before + 1, 0, sleeper)
    })
  }

  /** Stops time until the returned function is called. Take it before the first await of what must not be overtaken. */
  hold(what: string): () => void {
    const { promise: released, resolve } = Promise.withResolvers<void>()
    const held = { what, released }
    this.#holds.add(held)
    this.#holdChanges += 1
    return () => {
      if (this.#holds.delete(held)) this.#holdChanges += 1
      resolve()
    }
  }

  /** Holds the clock while `work` runs, e.g. one question over a real socket. */
  async holding<T>(what: string, work: () => Promise<T>): Promise<T> {
    const release = this.hold(what)
    try {
      return await work()
    } finally {
      release()
    }
  }

  /** How many sleep. */
  pending(): number {
    return this.#sleepers.length
  }

  /** What time is waiting for, when a test seems to hang. */
  held(): readonly string[] {
    return [...this.#holds].map(({ what }) => what)
  }

  /** Moves time to an instant and wakes everybody who is due on the way; resolves when their work has settled. */
  async advanceTo(epochMs: number): Promise<void> {
    if (epochMs < this.#now) {
      throw new RangeError(`the clock stands at ${this.#now} and cannot go back to ${epochMs}`)
    }
    await this.runUntil(epochMs)
  }

  advanceBy(ms: number): Promise<void> {
    return this.advanceTo(this.#now + ms)
  }

  /** As {@link advanceTo}, but stops at the first wake-up after which `done` holds; says what time it is then. */
  async runUntil(epochMs: number, done: () => boolean = () => false): Promise<number> {
    if (this.#driven) throw new Error('the clock is being driven already: await the other call first')
    this.#driven = true
    try {
      await this.#settle()
      while (!done()) {
        const next = this.#sleepers[0]
        if (!next || next.wakesAt > epochMs) {
          this.#now = Math.max(this.#now, epochMs)
          break
        }
        this.#sleepers.shift()
        this.#now = next.wakesAt
        next.wake()
        await this.#settle()
      }
      return this.#now
    } finally {
      this.#driven = false
    }
  }

  async #settle(): Promise<void> {
    let seen = -1
    for (let quiet = 0; quiet < turnsToSettle; quiet += 1) {
      await turn()
      for (const { released } of this.#holds) await released
      if (seen !== this.#holdChanges) {
        seen = this.#holdChanges
        quiet = 0
      }
    }
  }
}
