import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { addSeconds, epochMsOf } from '#domain/shared/time.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { ownSnapshots } from '#projections/engine/as-of/snapshot-schemas.ts'
import { beginRebuild } from '#projections/engine/generations.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { RecordedLog } from '#test/support/recorded-log.ts'
import { startRunning } from '#test/support/running-projections.ts'
import { outages, tallyOf } from './tally.ts'

const startsAt = '2026-11-21T04:00:00.000Z'
const projections = [tallyOf()]

let database: FreshDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

const open = (feed = new RecordedLog(outages(100), { batchSize: () => 7 }), limit = 16) => {
  const { pool } = database
  const asOf = new AsOf({ pool, feed, clock: systemClock, projections, limit })
  const count = (moment: Parameters<AsOf['read']>[1]) =>
    asOf.read(['tally'], moment, async (db) => {
      const { rows } = await sql<{ count: number }>`select count(*) from ${sql.table('tally_event')}`.execute(
        db,
      )
      return { count: rows[0]?.count, position: await readPosition(db, 'tally') }
    })
  return { count, feed, asOf, [Symbol.asyncDispose]: () => asOf.close() }
}

const schemas = async () => {
  const { rows } = await database.pool.query(
    `select nspname from pg_namespace where nspname like 'noctuary_as_of%'`,
  )
  return rows.map(({ nspname }) => nspname)
}

describe('as of a moment', () => {
  it.each([
    [100n, 0],
    [150n, 0],
    [200n, 1],
    [4_199n, 40],
    [4_200n, 41],
    [10_100n, 100],
  ])('position %d there were %d rows', async (position, count) => {
    await using past = open()
    expect(await past.count({ position })).toEqual({ count, position: Number(position) })
  })

  it.each([
    [0, 0],
    [1, 1],
    [41.5, 41],
    [100, 100],
    [5_000, 100],
  ])('%d s after the first event there were %d rows', async (seconds, count) => {
    await using past = open()
    expect(await past.count({ at: addSeconds(startsAt, seconds) })).toMatchObject({ count })
  })

  it('asks the log once for one moment', async () => {
    await using past = open()
    const both = await Promise.all([past.count({ position: 5_000n }), past.count({ position: 5_000n })])
    const given = past.feed.given
    expect(await past.count({ position: 5_000n })).toEqual(both[0])
    expect(past.feed.given).toBe(given)
    expect(await schemas()).toHaveLength(1)
  })

  it('forgets what was not asked for lately', async () => {
    await using past = open(undefined, 3)
    for (const n of [1, 2, 3, 1, 4]) await past.count({ position: BigInt(n * 100) })
    await expect.poll(schemas).toHaveLength(3)
    const given = past.feed.given
    await past.count({ position: 100n })
    expect(past.feed.given).toBe(given)
    await past.count({ position: 200n })
    expect(past.feed.given).toBeGreaterThan(given)
  })

  it('leaves nothing behind, and clears what a killed program left', async () => {
    {
      await using past = open()
      await past.count({ position: 5_000n })
      await database.pool.query(
        'create schema noctuary_as_of_77_1; create table noctuary_as_of_77_1.t (n int)',
      )
      const living = await ownSnapshots(database.pool)
      await database.pool.query(`create schema ${living.schema(1)}`)
      await using other = open()
      await other.count({ position: 4_000n })
      expect((await schemas()).sort()).toEqual([
        'noctuary_as_of_1_1',
        'noctuary_as_of_2_1',
        'noctuary_as_of_3_1',
      ])
      living.end()
    }
    // Postgres notices the end of a session a moment after it.
    await expect
      .poll(async () => {
        const last = await ownSnapshots(database.pool)
        last.end()
        return schemas()
      })
      .toEqual([])
  })

  it('makes its snapshots anew after Postgres ended its connection', async () => {
    await using past = open()
    const before = await past.count({ position: 5_000n })
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    )
    await expect.poll(() => past.count({ position: 5_000n })).toEqual(before)
  })

  it('refuses moments the log does not have, and says why', async () => {
    await using past = open()
    await expect(past.count({ position: 10_101n })).rejects.toMatchObject({
      code: 'position_beyond_end',
      message: 'the log ends at 10100, before 10101',
    })
    await expect(past.count({ at: '2026-11-20T00:00:00.000Z' })).rejects.toMatchObject({
      code: 'before_the_log',
      message: `2026-11-20T00:00:00.000Z is before the log begins, at ${startsAt}`,
    })
    await using empty = open(new RecordedLog())
    await expect(empty.count({ position: 0n })).rejects.toMatchObject({ code: 'before_the_log' })
    const clock = new VirtualClock(epochMsOf(startsAt))
    const early = new AsOf({ pool: database.pool, feed: past.feed, clock, projections })
    const tomorrow = early.read(['tally'], { at: addSeconds(startsAt, 1) }, async () => 1)
    await expect(tomorrow).rejects.toMatchObject({ code: 'instant_in_future' })
  })

  it('replays no more than the stretch from the last waypoint, and shows again what a rebuild swapped', async () => {
    const feed = new RecordedLog(outages(12_000), { batchSize: () => 500 })
    await using running = startRunning(projections, { pool: database.pool, feed })
    await running.until(({ state, checkpoint }) => state === 'live' && checkpoint.events === 12_001)
    await using past = open(feed, 16)
    const counts = (position: bigint) =>
      past.asOf.read(['tally'], { position }, async (db) => {
        const { rows } = await sql`select (select count(*) from ${sql.table('tally_event')}) as events,
          (select count from ${sql.table('tally_count')}) as count`.execute(db)
        return rows[0]
      })
    const before = feed.given
    expect(await counts(1_190_100n)).toEqual({ events: 11_900, count: 11_900 })
    expect(feed.given - before).toBeLessThan(5_500)
    expect(await counts(100n)).toEqual({ events: 0, count: 0 })
    for (const generation of [2, 3]) {
      await beginRebuild(database.pool, tallyOf())
      await running.until((status) => status.generation === generation && status.role === 'live')
    }
    expect(await counts(1_190_100n)).toEqual({ events: 11_900, count: 11_900 })
  })

  it('lets a request go that would wait too long, and has the answer ready later', async () => {
    const clock = new VirtualClock(epochMsOf(startsAt) + 1e9)
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const feed = new RecordedLog(outages(10))
    const follow = feed.follow.bind(feed)
    let follows = 0
    feed.follow = async function* (types, after, signal) {
      // The first look at the log is for where it begins.
      if (++follows > 1) await held
      yield* follow(types, after, signal)
    }
    const asOf = new AsOf({ pool: database.pool, feed, clock, projections })
    const asked = asOf.read(['tally'], { position: 500n }, async () => 'answer')
    const refused = expect(asked).rejects.toThrow('0 events so far; ask again')
    while (clock.pending() === 0) await new Promise(setImmediate)
    await clock.advanceBy(20_000)
    await refused
    release()
    expect(await asOf.read(['tally'], { position: 500n }, async () => 'answer')).toBe('answer')
    await asOf.close()
  })
})
