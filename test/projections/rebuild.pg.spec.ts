import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginRebuild } from '#projections/engine/generations.ts'
import { readOutcome, readReports } from '#projections/engine/reports.ts'
import {
  cancelRebuild,
  dropOld,
  pauseRebuild,
  resumeRebuild,
  retryStopped,
  rollBack,
} from '#projections/engine/requests.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { RecordedLog } from '#test/support/recorded-log.ts'
import { startRunning } from '#test/support/running-projections.ts'
import { outage, outages, tallyOf } from './tally.ts'

let database: FreshDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

const tally = tallyOf()
type Running = ReturnType<typeof startRunning>
const start = (feed: RecordedLog, projection = tally) =>
  startRunning([projection], { pool: database.pool, feed })
const live = (running: Running, generation = 1, from = 0) =>
  running.until(
    (status) => status.generation === generation && status.role === 'live' && status.state === 'live',
    from,
  )
const query = async (sql: string) => (await database.pool.query(sql)).rows
const counted = async () =>
  (await query('select (select count(*) from tally_event) as events, count from tally_count'))[0]
const schemas = async () =>
  (await query(`select nspname from pg_namespace where nspname like 'tally%' order by 1`)).map(
    ({ nspname }) => nspname,
  )

describe('a rebuild', () => {
  it('takes the place of the live generation, and keeps that', async () => {
    const log = new RecordedLog(outages(20))
    await using running = start(log)
    await live(running)
    expect(await beginRebuild(database.pool, tally)).toBe(2)
    await live(running, 2)
    expect(await schemas()).toEqual(['tally_v1_g1', 'tally_v1_g2'])
    log.append(outage(21))
    await running.until(({ generation, checkpoint }) => generation === 2 && checkpoint.events === 22)
    expect(await counted()).toEqual({ events: 21, count: 21 })
    expect(await query('select count(*) from tally_v1_g1.tally_event')).toEqual([{ count: 20 }])
  })

  it('says what differs, by count and by key, and mends it', async () => {
    await using running = start(new RecordedLog(outages(20)))
    await live(running)
    await query(`delete from tally_v1_g1.tally_event where id in ('n3', 'n7')`)
    await query(`insert into tally_v1_g1.tally_event values ('x', now())`)
    await query(`update tally_v1_g1.tally_count set count = 99`)
    await beginRebuild(database.pool, tally)
    await live(running, 2)
    const outcome = await readOutcome(database.pool, 'tally', 2)
    expect(outcome).toEqual({
      role: 'live',
      outcome: 'swapped',
      comparison: {
        samePosition: true,
        tables: [
          {
            table: 'tally_event',
            ...{ liveRows: 19, nextRows: 20, missing: 1, extra: 2, different: 0, notCompared: [] },
            examples: [
              { key: { id: 'n3' }, how: 'extra' },
              { key: { id: 'n7' }, how: 'extra' },
              { key: { id: 'x' }, how: 'missing' },
            ],
          },
          {
            table: 'tally_count',
            ...{ liveRows: 1, nextRows: 1, missing: 0, extra: 0, different: 1, notCompared: [] },
            examples: [{ key: { site: 'osm' }, how: 'different' }],
          },
        ],
      },
    })
    expect(await counted()).toEqual({ events: 20, count: 20 })
  })

  it('waits for a person before it swaps rows that differ, if asked to', async () => {
    await using running = start(new RecordedLog(outages(20)))
    await live(running)
    await query(`update tally_v1_g1.tally_count set count = 99`)
    await beginRebuild(database.pool, tally, true)
    await running.until(({ generation, state }) => generation === 2 && state === 'paused')
    expect(await counted()).toEqual({ events: 20, count: 99 })
    expect((await readOutcome(database.pool, 'tally', 2))?.comparison?.tables[1]?.different).toBe(1)
    await resumeRebuild(database.pool, 'tally')
    await live(running, 2)
    expect(await counted()).toEqual({ events: 20, count: 20 })
  })

  it('of an empty log swaps empty tables', async () => {
    await using running = start(new RecordedLog())
    await live(running)
    await beginRebuild(database.pool, tally)
    await live(running, 2)
    expect(await query('select * from tally_event')).toEqual([])
  })

  it('can be paused, goes on where it was, and can be cancelled', async () => {
    const log = new RecordedLog(outages(20))
    await using running = start(log)
    await live(running)
    await beginRebuild(database.pool, tally)
    await pauseRebuild(database.pool, 'tally')
    const from = running.said.length
    await expect(beginRebuild(database.pool, tally)).rejects.toMatchObject({ code: 'rebuild_running' })
    await running.until(({ generation, state }) => generation === 2 && state === 'paused')
    await cancelRebuild(database.pool, 'tally')
    expect(await schemas()).toEqual(['tally_v1_g1'])
    expect(await readOutcome(database.pool, 'tally', 2)).toMatchObject({
      role: 'dropped',
      outcome: 'cancelled',
    })
    await expect(cancelRebuild(database.pool, 'tally')).rejects.toMatchObject({ code: 'no_rebuild' })
    expect(await beginRebuild(database.pool, tally)).toBe(3)
    await live(running, 3, from)
  })

  it('can be rolled back, to the end of the log, and forwards again', async () => {
    const log = new RecordedLog(outages(20))
    await using running = start(log)
    await live(running)
    await expect(rollBack(database.pool, tally)).rejects.toMatchObject({ code: 'nothing_to_roll_back' })
    await beginRebuild(database.pool, tally)
    await live(running, 2)
    log.append(outage(21))
    await running.until(({ checkpoint }) => checkpoint.events === 22)
    const from = running.said.length
    await rollBack(database.pool, tally)
    await live(running, 1, from)
    expect(await counted()).toEqual({ events: 21, count: 21 })
    const again = running.said.length
    await rollBack(database.pool, tally)
    await live(running, 2, again)
    expect(await schemas()).toEqual(['tally_v1_g1', 'tally_v1_g2'])
  })

  it('makes room: what was kept is dropped by a person or by the next rebuild', async () => {
    await using running = start(new RecordedLog(outages(5)))
    await live(running)
    await beginRebuild(database.pool, tally)
    await live(running, 2)
    await beginRebuild(database.pool, tally)
    await live(running, 3)
    expect(await schemas()).toEqual(['tally_v1_g2', 'tally_v1_g3'])
    await dropOld(database.pool, 'tally')
    expect(await schemas()).toEqual(['tally_v1_g3'])
    await expect(dropOld(database.pool, 'tally')).rejects.toMatchObject({ code: 'nothing_to_drop' })
  })

  it('begins by itself for a new version, while the old one keeps serving', async () => {
    const log = new RecordedLog(outages(20))
    {
      await using old = start(log)
      await live(old)
    }
    log.append(outage(21))
    await using running = start(log, tallyOf(2))
    const { error } = await running.until(({ state }) => state === 'outdated')
    expect(error).toBe('filled by version 1; this program has version 2')
    await live(running, 2)
    expect(await schemas()).toEqual(['tally_v1_g1', 'tally_v2_g2'])
    expect(await counted()).toEqual({ events: 21, count: 21 })
    const from = running.said.length
    await rollBack(database.pool, tallyOf(2))
    await running.until(
      ({ generation, role, state }) => generation === 1 && role === 'live' && state === 'outdated',
      from,
    )
    expect(await counted()).toEqual({ events: 20, count: 20 })
  })

  it('is not begun by an older program', async () => {
    const log = new RecordedLog(outages(3))
    await using newer = start(log, tallyOf(2))
    await live(newer)
    await using older = start(log)
    await older.until(({ state }) => state === 'outdated')
    expect(await schemas()).toEqual(['tally_v2_g1'])
  })

  it('goes on after the connections of all runners were cut, at whatever moment', async () => {
    const log = new RecordedLog(outages(3_000), { batchSize: () => 50 })
    await using running = start(log)
    await live(running)
    await beginRebuild(database.pool, tally)
    let cuts = 0
    const cut = async () => {
      await query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Client'`)
      cuts += 1
    }
    for (const share of [200, 900, 1_700, 2_900]) {
      const from = running.said.length
      await running.until(({ generation, checkpoint }) => generation === 2 && checkpoint.events > share)
      await cut()
      await running.until(({ generation, state }) => generation === 2 && state === 'catching-up', from)
    }
    await running.until(
      ({ generation, role, state }) => generation === 2 && role === 'live' && state === 'live',
    )
    expect(cuts).toBe(4)
    expect(await counted()).toEqual({ events: 3_000, count: 3_000 })
  })

  it('shows readers no error, no gap and no mixture', async () => {
    const log = new RecordedLog(outages(2_000), { batchSize: () => 100 })
    await using running = start(log)
    await live(running)
    const reading = { on: true, answers: 0, least: 2_000 }
    const reader = async () => {
      while (reading.on) {
        const [row] = await query(`select (select count(*) from tally_event)::int as events, count,
          (select commit_position from read_model_position) as position from tally_count`)
        expect(row.events).toBe(row.count)
        expect(row.position).toBe((row.count + 1) * 100)
        expect(row.count).toBeGreaterThanOrEqual(reading.least)
        reading.least = Math.max(reading.least, row.count)
        reading.answers += 1
      }
    }
    // One reader: what it has seen once it must see for ever.
    const readers = reader()
    let next = 2_001
    for (let generation = 2; generation <= 4; generation++) {
      await beginRebuild(database.pool, tally)
      for (let added = 0; added < 50; added++) log.append(outage(next++))
      await live(running, generation)
    }
    reading.on = false
    await readers
    expect(reading.answers).toBeGreaterThan(20)
  })

  it('of a stopped projection is tried again by a person', async () => {
    const log = new RecordedLog([...outages(5), outage(6, 'poison'), outage(7)])
    await using running = start(log)
    await running.until(({ state }) => state === 'stopped')
    await expect
      .poll(async () => (await readReports(database.pool, ['tally']))[0])
      .toMatchObject({ state: 'stopped', error: expect.stringContaining('event at 700/700') })
    // Somebody puts it right by hand: the row that stood in the way goes.
    await query(`delete from tally_v1_g1.tally_event where id = 'n1'`)
    await retryStopped(database.pool, 'tally')
    await running.until(({ checkpoint }) => checkpoint.events === 8)
    await expect.poll(async () => (await readReports(database.pool, ['tally']))[0]?.state).toBe('live')
    await expect(retryStopped(database.pool, 'tally')).rejects.toMatchObject({ code: 'nothing_stopped' })
  })
})
