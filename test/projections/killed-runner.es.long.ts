import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { environmentStream } from '#domain/environment/streams.ts'
import { assessed, fill } from '#test/bench/projections/ground.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { startRunnerProcess } from '#test/support/runner-process.ts'

const night = '2026-11-20'
const [first, second] = [3_000, 500]
let database: FreshDatabase
let log: FreshEventStore
beforeAll(async () => {
  ;[database, log] = await Promise.all([freshDatabase(), freshEventStore()])
  const events = Array.from({ length: first }, (_, n) => assessed(night, n + 1))
  await fill(log.store, environmentStream('osm', night), events)
})
afterAll(async () => {
  await Promise.all([log?.[Symbol.asyncDispose](), database?.drop()])
})

const start = () => startRunnerProcess(log.url, database.url, 'weatherwatch')

describe('a runner killed with -9', () => {
  it('while it catches up leaves no event out and none twice; a standby takes over within 5 s', async () => {
    const leader = start()
    await leader.until(({ events }) => events > 0)
    const standby = start()
    await standby.until(({ state }) => state === 'standby')
    await leader.kill()
    const killed = performance.now()
    const taken = await standby.until(({ state }) => state === 'catching-up' || state === 'live')
    expect(performance.now() - killed).toBeLessThan(5_000)
    expect(taken.events).toBeLessThanOrEqual(first)
    const more = Array.from({ length: second }, (_, n) => assessed(night, first + n + 1))
    await log.store.append(environmentStream('osm', night), more, BigInt(first - 1))
    await standby.until(({ state, events }) => state === 'live' && events === first + second)
    const { rows } = await database.pool.query('select count(*), min(id), max(id) from weatherwatch')
    const id = 20_261_120_000_000
    expect(rows).toEqual([{ count: first + second, min: id + 1, max: id + first + second }])
    await standby.kill()
  })
})
