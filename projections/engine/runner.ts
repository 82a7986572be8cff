import type { Pool } from 'pg'
import type { Clock } from '#domain/shared/clock.ts'
import { beginning, type Checkpoint, type Generation, type Role, readGenerations } from './control.ts'
import type { Projection } from './definition.ts'
import { type EventFeed, PoisonEvent } from './event-feed.ts'
import { setUp } from './generations.ts'
import { runGeneration } from './run-generation.ts'
import { Session } from './session.ts'
import { Signal } from './signal.ts'
import type { ProjectionState, ProjectionStatus } from './status.ts'

export type RunnerParts = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly clock: Clock
  readonly onStatus: (status: ProjectionStatus) => void
}

/** How long a standby, or a runner whose line broke, waits before it tries again. */
const retryMs = 500

/** How often the generations are looked at when nobody said that something changed. */
const lookMs = 2_000

type Task = {
  readonly wanted: string
  readonly stop: AbortController
  readonly done: Promise<void>
  /** A building generation's becomes `live` while it runs on. */
  showRole(role: Role): void
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What a task was started for: another value ends it, and one with the new value takes its place. */
const wantedOf = ({ paused, attempt }: Generation): string => `${paused}/${attempt}`

type Report = (state: ProjectionState, checkpoint?: Checkpoint, error?: string | null) => void

const statusOf = (
  { name, version, generation, role }: Pick<Generation, 'name' | 'version' | 'generation' | 'role'>,
  state: ProjectionState,
  checkpoint: Checkpoint,
  error: string | null = null,
): ProjectionStatus => ({ name, version, generation, role, state, checkpoint, error })

class Runner {
  readonly #projections: ReadonlyMap<string, Projection>
  readonly #parts: RunnerParts
  readonly #signal: AbortSignal
  readonly #changed = new Signal()
  readonly #session: Session
  readonly #tasks = new Map<string, Task>()

  constructor(projections: readonly Projection[], parts: RunnerParts, signal: AbortSignal) {
    this.#projections = new Map(projections.map((projection) => [projection.name, projection]))
    this.#parts = parts
    this.#signal = signal
    this.#session = new Session(parts.pool, () => this.#changed.fire())
  }

  async run(): Promise<void> {
    for (const { name, version } of this.#projections.values()) {
      this.#parts.onStatus(statusOf({ name, version, generation: 0, role: 'live' }, 'starting', beginning))
    }
    while (!this.#signal.aborted) {
      const changed = this.#changed.changed()
      const pause = await this.#look().then(
        () => lookMs,
        (error) => this.#away(error),
      )
      await this.#wait(pause, changed)
    }
    await Promise.all([...this.#tasks.values()].map(({ done }) => done))
    this.#session.close()
  }

  async #wait(ms: number, changed: Promise<void>): Promise<void> {
    const enough = new AbortController()
    const timer = this.#parts.clock
      .sleepUntil(this.#parts.clock.now() + ms, AbortSignal.any([this.#signal, enough.signal]))
      .catch(() => {})
    await Promise.race([timer, changed])
    enough.abort()
  }

  /** Postgres does not answer. Running tasks find that out by themselves. */
  #away(error: unknown): number {
    for (const { name, version } of this.#projections.values()) {
      const runs = [...this.#tasks.keys()].some((key) => key.startsWith(`${name}/`))
      if (!runs)
        this.#parts.onStatus(
          statusOf({ name, version, generation: 0, role: 'live' }, 'waiting', beginning, messageOf(error)),
        )
    }
    return retryMs
  }

  async #look(): Promise<void> {
    await setUp(this.#parts.pool, [...this.#projections.values()])
    const known = await readGenerations(this.#parts.pool, [...this.#projections.keys()])
    const running = new Set<string>()
    for (const generation of known) if (this.#runs(generation)) running.add(this.#keep(generation))
    for (const [key, task] of this.#tasks) if (!running.has(key)) task.stop.abort()
  }

  /** Whether this program is to run a generation; tells of those it cannot. */
  #runs(generation: Generation): boolean {
    const { name, version, role, checkpoint } = generation
    if (role !== 'live' && role !== 'building') return false
    const projection = this.#projections.get(name)
    if (projection?.version === version) return true
    const why = `filled by version ${version}; this program has version ${projection?.version}`
    this.#parts.onStatus(statusOf(generation, 'outdated', checkpoint, why))
    return false
  }

  #keep(generation: Generation): string {
    const key = `${generation.name}/${generation.generation}`
    const wanted = wantedOf(generation)
    const task = this.#tasks.get(key)
    if (task && task.wanted !== wanted) task.stop.abort()
    if (task) task.showRole(generation.role)
    else this.#tasks.set(key, this.#start(key, generation, wanted))
    return key
  }

  #start(key: string, generation: Generation, wanted: string): Task {
    const stop = new AbortController()
    const signal = AbortSignal.any([this.#signal, stop.signal])
    let shown: ProjectionStatus = statusOf(generation, 'starting', generation.checkpoint)
    const show = (status: ProjectionStatus) => {
      shown = status
      this.#parts.onStatus(status)
    }
    const report: Report = (state, checkpoint = shown.checkpoint, error = null) =>
      show({ ...shown, state, checkpoint, error })
    const done = this.#work(key, generation, report, signal).finally(() => {
      this.#tasks.delete(key)
      this.#changed.fire()
    })
    const showRole = (role: Role) => {
      if (role !== shown.role) show({ ...shown, role })
    }
    return { wanted, stop, done, showRole }
  }

  /** Runs a generation again and again until `signal` ends it. Never throws: what goes wrong is in its status. */
  async #work(key: string, generation: Generation, report: Report, signal: AbortSignal): Promise<void> {
    if (generation.paused) {
      report('paused')
      return this.#untilAborted(signal)
    }
    while (!signal.aborted) {
      try {
        await this.#attempt(key, generation, report, signal)
      } catch (error) {
        if (signal.aborted) return
        report('waiting', undefined, messageOf(error))
      }
      await this.#parts.clock.sleepUntil(this.#parts.clock.now() + retryMs, signal).catch(() => {})
    }
  }

  async #attempt(key: string, generation: Generation, report: Report, signal: AbortSignal): Promise<void> {
    const projection = this.#projections.get(generation.name)
    const lease = projection ? await this.#session.acquire(key) : null
    if (!projection || !lease) return report('standby')
    const held = AbortSignal.any([signal, lease.lost])
    const { pool, feed } = this.#parts
    try {
      await runGeneration({ pool, feed, projection, generation, report }, held)
    } catch (error) {
      if (held.aborted || !(error instanceof PoisonEvent)) throw error
      report('stopped', undefined, messageOf(error))
      // The lease is kept: another program would only stop at the same event.
      await this.#untilAborted(held)
    } finally {
      await lease.release()
    }
  }

  #untilAborted(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
    return promise
  }
}

/**
 * Runs projections until `signal` ends it: exactly once whatever is killed, because rows and checkpoint are one
 * transaction. Never throws: what goes wrong is in their statuses. An event that one cannot take stops that one, aloud.
 */
export const runProjections = (
  projections: readonly Projection[],
  parts: RunnerParts,
  signal: AbortSignal,
): Promise<void> => new Runner(projections, parts, signal).run()
