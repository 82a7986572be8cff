import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { environmentStream } from '#domain/environment/streams.ts'
import { beginRebuild } from '#projections/engine/generations.ts'
import { weatherwatch } from '#projections/weatherwatch/projection.ts'
import { assessed, fill } from '#test/bench/projections/ground.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { type Said, startRunnerProcess } from '#test/support/runner-process.ts'

const [night, count] = ['2026-11-20', 20_000]
let database: FreshDatabase
let log: FreshEventStore
beforeAll(async () => {
  ;[database, log] = await Promise.all([freshDatabase(), freshEventStore()])
  const events = Array.from({ length: count }, (_, n) => assessed(night, n + 1))
  await fill(log.store, environmentStream('osm', night), events)
})
afterAll(async () => {
  await Promise.all([log?.[Symbol.asyncDispose](), database?.drop()])
})

const start = () => startRunnerProcess(log.url, database.url, 'weatherwatch')
const rows = async () =>
  (await database.pool.query('select count(*), min(id), max(id) from weatherwatch')).rows[0]
const whole = { count, min: 20_261_120_000_001, max: 20_261_120_000_000 + count }

/** The steps of a rebuild at which its runner dies. */
const steps: readonly [string, (said: Said) => boolean][] = [
  ['before its first event', ({ role }) => role === 'building'],
  ['after its first rows', ({ role, events }) => role === 'building' && events > 0],
  ['half-way', ({ role, events }) => role === 'building' && events > count / 2],
  ['as it has caught up', ({ role, events }) => role === 'building' && events === count],
  ['while it is compared', ({ role, state }) => role === 'building' && state === 'comparing'],
  ['right after the swap', ({ generation, role }) => generation > 1 && role === 'live'],
]

describe('a rebuild whose runner is killed with -9', () => {
  it.each(steps)('%s goes on, and readers see the whole all the while', async (_, isThere) => {
    const first = start()
    await first.until(({ role, events, state }) => role === 'live' && state === 'live' && events === count)
    expect(await rows()).toEqual(whole)
    const generation = await beginRebuild(database.pool, weatherwatch)
    await first.until((said) => said.generation === generation && isThere(said))
    await first.kill()
    expect(await rows()).toEqual(whole)
    const second = start()
    await second.until(
      (said) => said.generation === generation && said.role === 'live' && said.state === 'live',
    )
    expect(await rows()).toEqual(whole)
    const { rows: doubled } = await database.pool.query(
      'select id from weatherwatch group by id having count(*) > 1',
    )
    expect(doubled).toEqual([])
    await second.kill()
  })
})
