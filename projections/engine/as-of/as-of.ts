import type { Pool } from 'pg'
import { catalogue } from '#domain/catalogue.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { type ReadModels, readModels } from '#projections/read-database.ts'
import type { Projection } from '../definition.ts'
import type { EventFeed } from '../event-feed.ts'
import { createSchema, type Tables } from '../table.ts'
import { fillAsOf } from './fill.ts'
import { InSchema } from './in-schema.ts'
import { keyOf, type Moment, MomentBeingPrepared, NoSuchMoment } from './moment.ts'
import { type Owner, ownSnapshots } from './snapshot-schemas.ts'

export type AsOfParts = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly clock: Clock
  readonly projections: readonly Projection[]
  /** Snapshots kept at the most. */
  readonly limit?: number
  /** How long a request waits for a replay. */
  readonly patienceMs?: number
}

type Snapshot = {
  readonly owner: Owner
  readonly schema: string
  /** The read models, with those of the snapshot in their place. */
  readonly db: ReadModels
  readonly ready: Promise<void>
  readonly stop: AbortController
  events: number
  users: number
}

const [keptByDefault, patienceByDefaultMs, replaysAtOnce] = [16, 20_000, 2]

const positionTable: Tables = {
  read_model_position: { columns: { name: 'text', commit_position: 'bigint' }, key: ['name'] },
}

const keyFor = (names: readonly string[], moment: Moment): string => `${[...names].sort()} ${keyOf(moment)}`

/** A generation whose rows a snapshot shows was dropped, and what showed them with it. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '42P01' || error.code === '3F000')

const tablesOf = (projections: readonly Projection[]): Tables =>
  Object.assign({}, positionTable, ...projections.map(({ tables }) => tables))

/**
 * Read models as the system knew them at a moment of its past: the log replayed up to there into a schema of its own,
 * asked with the queries of today. Snapshots are kept until others are asked for more lately.
 */
export class AsOf {
  readonly #parts: AsOfParts
  readonly #db: ReadModels
  /** By what was asked, the one asked for longest ago first. */
  readonly #snapshots = new Map<string, Snapshot>()
  #owner: Promise<Owner> | null = null
  #first: Recorded | null = null
  #made = 0
  #closed = false
  #replaying = 0
  #queue: (() => void)[] = []

  constructor(parts: AsOfParts) {
    this.#parts = parts
    this.#db = readModels(parts.pool)
  }

  /**
   * Does `work` on read models as of a moment. Throws {@link NoSuchMoment} for one the log does not have and
   * {@link MomentBeingPrepared} when it takes too long to get there.
   */
  async read<T>(names: readonly string[], moment: Moment, work: (db: ReadModels) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('the past is no longer asked for here: this program is ending')
    await this.#check(moment)
    try {
      return await this.#readOnce(names, moment, work)
    } catch (error) {
      if (!isGone(error)) throw error
      this.#snapshots.delete(keyFor(names, moment))
      return this.#readOnce(names, moment, work)
    }
  }

  async #readOnce<T>(
    names: readonly string[],
    moment: Moment,
    work: (db: ReadModels) => Promise<T>,
  ): Promise<T> {
    const snapshot = await this.#snapshotOf(names, moment)
    snapshot.users += 1
    try {
      await this.#waitFor(snapshot)
      return await work(snapshot.db)
    } finally {
      snapshot.users -= 1
      this.#evict()
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Drops every snapshot. */
  async close(): Promise<void> {
    this.#closed = true
    const owner = await this.#owner?.catch(() => null)
    const dropped = [...this.#snapshots.values()].map((snapshot) => this.#drop(snapshot))
    this.#snapshots.clear()
    await Promise.all(dropped)
    owner?.end()
  }

  async #check(moment: Moment): Promise<void> {
    const { clock, feed } = this.#parts
    if ('at' in moment && epochMsOf(moment.at) > clock.now()) {
      throw new NoSuchMoment('instant_in_future', `${moment.at} is yet to come`)
    }
    const first = await this.#firstEvent()
    if (!first) throw new NoSuchMoment('before_the_log', 'the log is empty as yet')
    const { occurredAt } = first.metadata
    if ('at' in moment) {
      if (epochMsOf(moment.at) >= epochMsOf(occurredAt)) return
      throw new NoSuchMoment('before_the_log', `${moment.at} is before the log begins, at ${occurredAt}`)
    }
    const [begins, head] = [first.position.commit, await feed.head()]
    if (moment.position < begins) {
      throw new NoSuchMoment(
        'before_the_log',
        `position ${moment.position} is before the first event, at ${begins}`,
      )
    }
    if (head && moment.position > head.commit) {
      throw new NoSuchMoment(
        'position_beyond_end',
        `the log ends at ${head.commit}, before ${moment.position}`,
      )
    }
  }

  async #firstEvent(): Promise<Recorded | null> {
    const enough = new AbortController()
    for await (const { events, caughtUp } of this.#first
      ? []
      : this.#parts.feed.follow([...catalogue.keys()], null, enough.signal)) {
      this.#first = events[0] ?? null
      if (this.#first || caughtUp) break
    }
    enough.abort()
    return this.#first
  }

  async #snapshotOf(names: readonly string[], moment: Moment): Promise<Snapshot> {
    this.#owner ??= ownSnapshots(this.#parts.pool).catch((error) => {
      this.#owner = null
      throw error
    })
    const owner = await this.#owner
    if (owner.lost.aborted) {
      this.#owner = null
      this.#snapshots.clear()
      return this.#snapshotOf(names, moment)
    }
    const key = keyFor(names, moment)
    const snapshot = this.#snapshots.get(key) ?? this.#make(owner, key, names, moment)
    // Asked for last: it stands last.
    this.#snapshots.delete(key)
    this.#snapshots.set(key, snapshot)
    return snapshot
  }

  #make(owner: Owner, key: string, names: readonly string[], moment: Moment): Snapshot {
    const stop = new AbortController()
    this.#made += 1
    const schema = owner.schema(this.#made)
    const projections = this.#parts.projections.filter(({ name }) => names.includes(name))
    const tables = tablesOf(projections)
    const snapshot: Snapshot = {
      ...{ owner, schema, stop, events: 0, users: 0 },
      db: this.#db.withPlugin(new InSchema(schema, Object.keys(tables))),
      ready: this.#inTurn(() =>
        this.#fill(schema, projections, moment, AbortSignal.any([stop.signal, owner.lost]), (events) => {
          snapshot.events = events
        }),
      ),
    }
    snapshot.ready.catch(() => {
      if (this.#snapshots.get(key) === snapshot) this.#snapshots.delete(key)
      return this.#drop(snapshot)
    })
    return snapshot
  }

  async #fill(
    schema: string,
    projections: readonly Projection[],
    moment: Moment,
    signal: AbortSignal,
    progressed: (events: number) => void,
  ): Promise<void> {
    const { pool, feed } = this.#parts
    await pool.query(createSchema(schema, positionTable, 'unlogged table'))
    for (const projection of projections) {
      const reached = await fillAsOf({ pool, feed, projection, schema, moment, progressed }, signal)
      await pool.query(`insert into ${schema}.read_model_position values ($1, $2)`, [
        projection.name,
        'position' in moment ? moment.position : reached,
      ])
    }
  }

  /** A few replays at a time: each keeps the log and Postgres busy. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (this.#replaying >= replaysAtOnce) await new Promise<void>((resolve) => this.#queue.push(resolve))
    this.#replaying += 1
    try {
      return await work()
    } finally {
      this.#replaying -= 1
      this.#queue.shift()?.()
    }
  }

  async #waitFor(snapshot: Snapshot): Promise<void> {
    const { clock, patienceMs = patienceByDefaultMs } = this.#parts
    const enough = new AbortController()
    const timeUp = clock.sleepUntil(clock.now() + patienceMs, enough.signal).then(
      () => true,
      () => false,
    )
    const late = await Promise.race([timeUp, snapshot.ready.then(() => false)])
    enough.abort()
    if (late) throw new MomentBeingPrepared(snapshot.events)
  }

  #evict(): void {
    const { limit = keptByDefault } = this.#parts
    for (const [key, snapshot] of this.#snapshots) {
      if (this.#snapshots.size <= limit) return
      if (snapshot.users > 0) continue
      this.#snapshots.delete(key)
      this.#drop(snapshot)
    }
  }

  async #drop({ owner, schema, stop, ready }: Snapshot): Promise<void> {
    stop.abort(new Error('the snapshot was dropped'))
    await ready.catch(() => {})
    if (owner.lost.aborted) return
    await this.#parts.pool.query(`drop schema if exists ${schema} cascade`).catch(() => {})
  }
}
