import type { Pool } from 'pg'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { Generation, Role } from './control.ts'
import type { Projection } from './definition.ts'
import { type EventFeed, PoisonEvent } from './event-feed.ts'
import { runGeneration } from './run-generation.ts'
import type { Session } from './session.ts'
import { type ProjectionStatus, statusOf } from './status.ts'

export type TaskParts = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly clock: Clock
  readonly session: Session
  readonly projection: Projection
  readonly generation: Generation
  readonly head: () => Position | null
  /** One at a time in this program: a comparison and a swap need connections of their own. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  readonly onStatus: (status: ProjectionStatus) => void
}

/** How long a standby, or a runner whose line broke, waits before it tries again. */
export const retryMs = 500

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What a task was started for: another value ends it, and one with the new value takes its place. */
const wishOf = ({ paused, attempt }: Generation): string => `${paused}/${attempt}`

const untilAborted = (signal: AbortSignal): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (signal.aborted) resolve()
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise
}

/** One generation, run by this program as often as it gets the lease, until it is stopped. */
export class GenerationTask {
  readonly done: Promise<void>
  readonly #parts: TaskParts
  readonly #wish: string
  readonly #stopping = new AbortController()
  #status: ProjectionStatus
  #leads = false

  constructor(parts: TaskParts, signal: AbortSignal) {
    this.#parts = parts
    this.#wish = wishOf(parts.generation)
    this.#status = statusOf(parts.generation, 'starting')
    this.done = this.#work(AbortSignal.any([signal, this.#stopping.signal]))
  }

  /** Its status, if this is the program to speak of it. */
  get ledStatus(): ProjectionStatus | null {
    return this.#leads ? this.#status : null
  }

  stop(): void {
    this.#stopping.abort()
  }

  /** The generation as it is now: a building one becomes live while it runs on; another wish ends the task. */
  see(generation: Generation): void {
    if (wishOf(generation) !== this.#wish) this.stop()
    const { role }: { role: Role } = generation
    if (role !== this.#status.role) this.#say({ role })
  }

  /** Keeps the rate and the end of the log in its status, without telling of it. */
  measure(figures: Pick<ProjectionStatus, 'head' | 'rate'>): void {
    this.#status = { ...this.#status, ...figures }
  }

  #say(change: Partial<ProjectionStatus>): void {
    this.#status = { ...this.#status, head: this.#parts.head(), ...change }
    this.#parts.onStatus(this.#status)
  }

  /** Never throws: what goes wrong is in its status. */
  async #work(signal: AbortSignal): Promise<void> {
    const { clock, generation } = this.#parts
    if (generation.paused) {
      this.#say({ state: 'paused' })
      return untilAborted(signal)
    }
    while (!signal.aborted) {
      try {
        await this.#attempt(signal)
      } catch (error) {
        if (signal.aborted) return
        this.#say({ state: 'waiting', error: messageOf(error) })
      }
      await clock.sleepUntil(clock.now() + retryMs, signal).catch(() => {})
    }
  }

  async #attempt(signal: AbortSignal): Promise<void> {
    const { session, generation, clock } = this.#parts
    const lease = await session.acquire(`${generation.name}/${generation.generation}`)
    if (!lease) return this.#say({ state: 'standby', error: null, standingSince: null })
    const held = AbortSignal.any([signal, lease.lost])
    this.#leads = true
    try {
      await this.#run(held)
    } catch (error) {
      if (held.aborted || !(error instanceof PoisonEvent)) throw error
      this.#say({ state: 'stopped', error: messageOf(error), standingSince: instantOf(clock.now()) })
      // The lease is kept: another program would only stop at the same event.
      await untilAborted(held)
    } finally {
      this.#leads = false
      await lease.release()
    }
  }

  #run(signal: AbortSignal): Promise<void> {
    return runGeneration(
      {
        ...this.#parts,
        report: (state, checkpoint) => this.#say({ state, checkpoint, error: null }),
        standing: (since) => {
          if (since !== this.#status.standingSince) this.#say({ standingSince: since })
        },
      },
      signal,
    )
  }
}
