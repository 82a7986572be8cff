import type { Pool } from 'pg'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import { beginning, type Generation, readGenerations } from './control.ts'
import type { Projection } from './definition.ts'
import type { EventFeed } from './event-feed.ts'
import { GenerationTask, messageOf, retryMs } from './generation-task.ts'
import { setUp } from './generations.ts'
import { Measure } from './measure.ts'
import { writeReports } from './reports.ts'
import { Session } from './session.ts'
import { Signal } from './signal.ts'
import { type ProjectionState, type ProjectionStatus, statusOf } from './status.ts'

export type RunnerParts = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly clock: Clock
  readonly onStatus: (status: ProjectionStatus) => void
}

/** How often the generations are looked at when nobody said that something changed; how often it is said how they are. */
const [lookMs, reportMs] = [2_000, 1_000]

class Runner {
  readonly #projections: ReadonlyMap<string, Projection>
  readonly #parts: RunnerParts
  readonly #signal: AbortSignal
  readonly #changed = new Signal()
  readonly #stateChanged = new Signal()
  readonly #session: Session
  readonly #tasks = new Map<string, GenerationTask>()
  readonly #measure = new Measure()
  readonly #states = new Map<string, ProjectionState>()
  #head: Position | null = null
  /** False again once something failed: somebody may have dropped what was there. */
  #isSetUp = false
  #turn: Promise<unknown> = Promise.resolve()

  constructor(projections: readonly Projection[], parts: RunnerParts, signal: AbortSignal) {
    this.#projections = new Map(projections.map((projection) => [projection.name, projection]))
    this.#parts = parts
    this.#signal = signal
    this.#session = new Session(parts.pool, () => this.#changed.fire())
  }

  async run(): Promise<void> {
    this.#sayOfAll('starting', null)
    const reporting = this.#reportNowAndThen()
    while (!this.#signal.aborted) {
      const changed = this.#changed.changed()
      const pause = await this.#look().then(
        () => lookMs,
        (error) => this.#away(error),
      )
      await this.#wait(pause, changed)
    }
    await Promise.all([reporting, ...[...this.#tasks.values()].map(({ done }) => done)])
    this.#session.close()
  }

  async #wait(ms: number, changed: Promise<void>): Promise<void> {
    const { clock } = this.#parts
    const enough = new AbortController()
    const timer = clock
      .sleepUntil(clock.now() + ms, AbortSignal.any([this.#signal, enough.signal]))
      .catch(() => {})
    await Promise.race([timer, changed])
    enough.abort()
  }

  /** Of those that have no task to speak for themselves. */
  #sayOfAll(state: ProjectionState, error: string | null): void {
    for (const { name, version } of this.#projections.values()) {
      if ([...this.#tasks.keys()].some((key) => key.startsWith(`${name}/`))) continue
      this.#say({
        ...statusOf({ name, version, generation: 0, role: 'live', checkpoint: beginning }, state),
        error,
      })
    }
  }

  #away(error: unknown): number {
    this.#sayOfAll('waiting', messageOf(error))
    return retryMs
  }

  async #look(): Promise<void> {
    if (!this.#isSetUp) await setUp(this.#parts.pool, [...this.#projections.values()])
    this.#isSetUp = true
    const known = await readGenerations(this.#parts.pool, [...this.#projections.keys()])
    const running = new Set<string>()
    for (const generation of known) {
      const projection = this.#projections.get(generation.name)
      if (generation.role !== 'live' && generation.role !== 'building') continue
      if (projection?.version === generation.version) running.add(this.#keep(projection, generation))
      else this.#sayOutdated(generation, projection)
    }
    for (const [key, task] of this.#tasks) if (!running.has(key)) task.stop()
  }

  #sayOutdated(generation: Generation, projection: Projection | undefined): void {
    const error = `filled by version ${generation.version}; this program has version ${projection?.version}`
    this.#say({ ...statusOf(generation, 'outdated'), head: this.#head, error })
  }

  #keep(projection: Projection, generation: Generation): string {
    const key = `${generation.name}/${generation.generation}`
    const task = this.#tasks.get(key)
    if (task) task.see(generation)
    else this.#tasks.set(key, this.#start(key, projection, generation))
    return key
  }

  #start(key: string, projection: Projection, generation: Generation): GenerationTask {
    const { pool, feed, clock } = this.#parts
    const task = new GenerationTask(
      {
        ...{ pool, feed, clock, session: this.#session, projection, generation },
        head: () => this.#head,
        inTurn: (work) => this.#inTurn(work),
        onStatus: (status) => this.#say(status),
      },
      this.#signal,
    )
    task.done.finally(() => {
      this.#tasks.delete(key)
      this.#changed.fire()
    })
    return task
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => {})
    return done
  }

  #say(status: ProjectionStatus): void {
    const key = `${status.name}/${status.generation}`
    if (this.#states.get(key) !== status.state) this.#stateChanged.fire()
    this.#states.set(key, status.state)
    if (status.state === 'waiting') this.#isSetUp = false
    this.#parts.onStatus(status)
  }

  async #reportNowAndThen(): Promise<void> {
    while (!this.#signal.aborted) {
      const changed = this.#stateChanged.changed()
      await this.#report().catch(() => {})
      await this.#wait(reportMs, changed)
    }
  }

  /** Postgres may be away; the next report will tell. */
  async #report(): Promise<void> {
    this.#head = await this.#parts.feed.head().catch(() => this.#head)
    const tasks = [...this.#tasks.values()].filter(({ ledStatus }) => ledStatus !== null)
    for (const task of tasks) {
      const rate = this.#measure.rateOf(task, task.ledStatus?.checkpoint.events ?? 0, this.#parts.clock.now())
      task.measure({ head: this.#head, rate })
    }
    await writeReports(
      this.#parts.pool,
      tasks.flatMap(({ ledStatus }) => ledStatus ?? []),
    )
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
