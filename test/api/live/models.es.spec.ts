import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { type ModelChange, payloadOf } from '#projections/engine/changes.ts'
import { beginRebuild } from '#projections/engine/generations.ts'
import { hearChanges } from '#projections/engine/hear-changes.ts'
import { Signal } from '#projections/engine/signal.ts'
import { weatherwatch } from '#projections/weatherwatch/projection.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { listener, liveServer } from '#test/support/live.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { answered, record } from '#test/support/recorded-night.ts'
import { startRunning } from '#test/support/running-projections.ts'

const clock = new VirtualClock(epochMsOf('2026-11-21T02:00:00.000Z'))
let log: FreshEventStore
let database: FreshDatabase
let running: ReturnType<typeof startRunning>
let live: Awaited<ReturnType<typeof liveServer>>

const isLive = ({ state }: { state: string }) => state === 'live'

beforeAll(async () => {
  ;[log, database] = await Promise.all([freshEventStore(), freshDatabase()])
  const { pool } = database
  running = startRunning([weatherwatch], { pool, feed: log.store })
  await running.until(isLive)
  const begun = Promise.withResolvers<void>()
  live = await liveServer({
    store: log.store,
    clock,
    hearChanges: (hear, signal) =>
      hearChanges(
        { pool, clock: systemClock },
        (change) => {
          hear(change)
          begun.resolve()
        },
        signal,
      ),
  })
  await begun.promise
})

afterAll(async () => {
  await live.stop()
  await running.stop()
  await Promise.all([log[Symbol.asyncDispose](), database.drop()])
})

const rows = async () =>
  (await database.pool.query('select id from weatherwatch order by id')).rows.map(({ id }) => id)

describe('GET /api/live?model=', () => {
  it('tells of rows once whoever reads sees them, with their keys', async () => {
    using client = listener({ url: live.url, models: ['weatherwatch'] })
    await client.until(({ connected }) => connected.length === 1)
    await record(log.store, [answered(0)])
    await client.until(({ models }) => models.length > 0)
    const [change] = client.models
    const seen = await rows()
    expect(seen).toHaveLength(1)
    expect(change).toMatchObject({ model: 'weatherwatch', tables: ['weatherwatch'], complete: true })
    expect(change?.keys).toEqual([{ table: 'weatherwatch', key: { id: seen[0], site: 'osm' } }])
    expect(Number(change?.position)).toBeGreaterThan(0)
    expect(client.events).toEqual([])
  })

  it('tells nothing of a read model to who did not ask for it, and events beside to who did', async () => {
    using other = listener({ url: live.url, models: ['nights'] })
    using both = listener({
      url: live.url,
      models: ['weatherwatch'],
      subscriptions: [{ sender: 'environment-monitor', event: 'EnvironmentAssessed' }],
    })
    for (const each of [other, both]) await each.until(({ connected }) => connected.length === 1)
    await record(log.store, [answered(10)])
    await both.until(({ models, events }) => models.length > 0 && events.length === 1)
    expect(other.models).toEqual([])
  })

  it('tells that everything may be new when a rebuild takes the place of what was there', async () => {
    using client = listener({ url: live.url, models: ['weatherwatch'] })
    await client.until(({ connected }) => connected.length === 1)
    const from = running.said.length
    await beginRebuild(database.pool, weatherwatch)
    await running.until((status) => isLive(status) && status.generation > 1, from)
    await client.until(({ models }) => models.some(({ tables }) => tables.length === 0))
    expect(client.models.at(-1)).toMatchObject({ model: 'weatherwatch', keys: [], complete: false })
  })

  it('makes up for a notification that was lost on the way', async () => {
    const heard: ModelChange[] = []
    const changed = new Signal()
    const ears = new VirtualClock(0)
    const ended = new AbortController()
    const deaf = hearChanges(
      { pool: database.pool, clock: ears },
      (change) => {
        heard.push(change)
        changed.fire()
      },
      ended.signal,
    )
    await expect.poll(() => ears.pending()).toBe(1)
    expect(heard.splice(0)).toMatchObject([{ model: 'weatherwatch', tables: [] }])
    // As if a runner had been killed between its commit and its word.
    await database.pool.query(`update noctuary.generation set events = events + 1 where role = 'live'`)
    const told = (async () => {
      while (heard.length === 0) await changed.changed()
    })()
    for (let looks = 0; looks < 2; looks++) {
      await ears.advanceBy(2_000)
      if (heard.length === 0) await expect.poll(() => ears.pending() + heard.length).toBeGreaterThan(0)
    }
    await told
    expect(heard).toMatchObject([{ model: 'weatherwatch', tables: [], keys: [], complete: false }])
    ended.abort()
    await deaf
  })
})

describe('a change of a read model', () => {
  it('fits into what Postgres can carry, however long its keys are', () => {
    const keys = Array.from({ length: 50 }, (_, n) => ({
      table: 'one',
      key: { id: `${n} ${'é'.repeat(500)}` },
    }))
    const change = { model: 'one', position: '1', tables: ['one'], keys, complete: true, events: 1 }
    const carried = payloadOf(change)
    expect(Buffer.byteLength(carried)).toBeLessThan(8_000)
    expect(JSON.parse(carried)).toMatchObject({ complete: false, keys: keys.slice(0, 6) })
  })
})
