import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { advance, CheckpointMoved } from '#projections/engine/checkpoint.ts'
import { beginning, readGeneration } from '#projections/engine/control.ts'
import { PoisonEvent } from '#projections/engine/event-feed.ts'
import { setUp } from '#projections/engine/generations.ts'
import { inTransaction } from '#projections/engine/transaction.ts'
import { weatherwatch } from '#projections/weatherwatch/projection.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { RecordedLog } from '#test/support/recorded-log.ts'
import { startRunning } from '#test/support/running-projections.ts'
import { eventAt, outage, outages, tallyOf } from './tally.ts'

let database: FreshDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

const tally = tallyOf()
const start = (feed: RecordedLog) => startRunning([tally], { pool: database.pool, feed })
const counted = async () => {
  const { rows } = await database.pool.query(
    'select (select count(*) from tally_event) as events, (select sum(count) from tally_count) as count',
  )
  return rows[0]
}

describe('a runner', () => {
  it('goes on where the one before stopped', async () => {
    const log = new RecordedLog(outages(50), { batchSize: () => 10 })
    {
      await using first = start(log)
      await first.until(({ checkpoint }) => checkpoint.events === 51)
    }
    log.append(outage(51), outage(52))
    const given = log.given
    await using second = start(log)
    await second.until(({ checkpoint }) => checkpoint.events === 53)
    expect(await counted()).toEqual({ events: 52, count: 52 })
    expect(log.given - given).toBe(2)
  })

  it('goes on after the line to the log broke', async () => {
    const log = new RecordedLog(outages(5))
    await using running = start(log)
    await running.until(({ checkpoint }) => checkpoint.events === 6)
    log.break()
    const { error } = await running.until(({ state }) => state === 'waiting')
    expect(error).toBe('the line to the log broke')
    log.append(outage(6))
    await running.until(({ checkpoint }) => checkpoint.events === 7)
    expect(await counted()).toEqual({ events: 6, count: 6 })
  })

  it('leaves out what the feed repeats', async () => {
    await using running = start(new RecordedLog(outages(30), { batchSize: () => 7, times: 3 }))
    const { checkpoint } = await running.until(
      ({ state, checkpoint }) => state === 'live' && checkpoint.events > 30,
    )
    expect(checkpoint.events).toBe(31)
    expect(await counted()).toEqual({ events: 30, count: 30 })
  })

  it('moves its checkpoint on over stretches without an event for it', async () => {
    const others = Array.from({ length: 40 }, (_, n) => eventAt(n + 4, 'PlcReplyRejected', {}))
    await using running = start(new RecordedLog([...outages(3), ...others], { batchSize: () => 5 }))
    const { checkpoint } = await running.until(({ checkpoint }) => checkpoint.position?.commit === 4_400n)
    expect(checkpoint.events).toBe(4)
  })

  it('stops at an event it cannot take, with all before it written, and the others go on', async () => {
    const readings = [45, 46].map((n) =>
      eventAt(n, 'EnvironmentAssessed', { poll: n, weather: { globalStatus: 'OK' } }),
    )
    const log = new RecordedLog([...outages(40), outage(41, 'poison'), outage(42), ...readings])
    await using running = startRunning([tally, weatherwatch], { pool: database.pool, feed: log })
    const stopped = await running.until(({ state }) => state === 'stopped')
    expect(stopped.name).toBe('tally')
    expect(stopped.error).toContain('event at 4200/4200')
    expect(stopped.checkpoint).toMatchObject({ position: { commit: 4_100n }, events: 41 })
    expect(await counted()).toEqual({ events: 40, count: 40 })
    await running.until(({ name, checkpoint }) => name === 'weatherwatch' && checkpoint.events === 2)
  })

  it('stops at an event that cannot be decoded, with all before it written', async () => {
    const log = new RecordedLog(outages(3))
    const follow = log.follow.bind(log)
    log.follow = async function* (types, after, signal) {
      for await (const batch of follow(types, after, signal)) {
        yield batch
        throw new PoisonEvent({ commit: 999n, prepare: 998n }, new Error('no event of this type'))
      }
    }
    await using running = start(log)
    const { error, checkpoint } = await running.until(({ state }) => state === 'stopped')
    expect(error).toBe('event at 999/998: no event of this type')
    expect(checkpoint.events).toBe(4)
    expect(await counted()).toEqual({ events: 3, count: 3 })
  })

  it('stands by while another runs, and takes over when it ends', async () => {
    const log = new RecordedLog(outages(3))
    await using second = await (async () => {
      await using first = start(log)
      await first.until(({ state }) => state === 'live')
      const standby = start(log)
      await standby.until(({ state }) => state === 'standby')
      return standby
    })()
    await second.until(({ state }) => state === 'live')
    log.append(outage(4))
    await second.until(({ checkpoint }) => checkpoint.events === 5)
    expect(await counted()).toEqual({ events: 4, count: 4 })
  })

  it('takes its lease again after Postgres ended the connection that held it', async () => {
    const log = new RecordedLog(outages(3))
    await using running = start(log)
    await running.until(({ state }) => state === 'live')
    const before = running.said.length
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and objsubid = 2`,
    )
    await running.until(({ state }) => state === 'live', before)
    log.append(outage(4))
    await running.until(({ checkpoint }) => checkpoint.events === 5, before)
  })

  it('of two that both believe to have the lease only one writes', async () => {
    await setUp(database.pool, [tally])
    const generation = { name: 'tally', generation: 1 }
    const to = { position: { commit: 5n, prepare: 5n }, events: 1, lastOccurredAt: null }
    const write = () => inTransaction(database.pool, (client) => advance(client, generation, beginning, to))
    const outcomes = await Promise.allSettled([write(), write(), write()])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(CheckpointMoved)
    }
    expect((await readGeneration(database.pool, generation))?.checkpoint).toEqual(to)
  })

  it('reads no further while Postgres does not write', async () => {
    const log = new RecordedLog([], { batchSize: () => 500 })
    await using running = start(log)
    await running.until(({ state }) => state === 'live')
    const holder = await database.pool.connect()
    await holder.query(`begin; select from noctuary.generation for update`)
    log.append(...outages(20_000))
    const { rows } = await database.pool.query(`select count(*) from pg_locks where not granted`)
    expect(rows[0].count).toBeLessThanOrEqual(1)
    while (log.given < 2_500) await new Promise(setImmediate)
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate)
    // What one write holds and what waits behind it: each at most 2,000 and a batch.
    expect(log.given).toBeLessThanOrEqual(2 * 2_500)
    await holder.query('rollback')
    holder.release()
    await running.until(({ checkpoint }) => checkpoint.events === 20_001)
    expect(await counted()).toEqual({ events: 20_000, count: 20_000 })
  })
})
