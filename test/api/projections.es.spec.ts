import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projections } from '#projections/catalogue.ts'
import { noctuary } from '#test/api/cli/observatory.ts'
import { localEnv, locally } from '#test/support/access.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { startSpine } from '#test/support/spine.ts'

let database: FreshDatabase
let log: FreshEventStore
let spine: Awaited<ReturnType<typeof startSpine>>

beforeAll(async () => {
  ;[database, log] = await Promise.all([freshDatabase(), freshEventStore()])
  spine = await startSpine({ store: log.store, pool: database.pool, scenario: 'demo' })
  await spine.clock.advanceBy(60_000)
  await spine.projected()
})
afterAll(async () => {
  await spine?.[Symbol.asyncDispose]()
  await Promise.all([log?.[Symbol.asyncDispose](), database?.drop()])
})

const post = async (path: string, body?: object) => {
  const answer = await fetch(`${spine.url}${path}`, {
    method: 'POST',
    headers: { ...locally, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: answer.status, location: answer.headers.get('location'), body: await answer.json() }
}

const cli = async (...args: string[]) =>
  noctuary(['projections', ...args, '--url', spine.url], localEnv).ended

describe('projections over HTTP', () => {
  it('are listed with how far they are', async () => {
    await expect
      .poll(async () => (await spine.get('/api/projections')).body)
      .toMatchObject({
        items: expect.arrayContaining([
          expect.objectContaining({
            name: 'weatherwatch',
            rebuild: null,
            old: null,
            live: expect.objectContaining({
              generation: 1,
              state: 'live',
              lagEvents: 0,
              lagSeconds: 0,
              error: null,
            }),
          }),
        ]),
      })
  })

  it('are rebuilt: 202, Location, and the new generation in the end', async () => {
    const before = (await spine.get('/api/sitewatch')).body
    const begun = await post('/api/projections/sitewatch/rebuild')
    expect(begun).toMatchObject({ status: 202, location: '/api/projections/sitewatch' })
    await expect
      .poll(async () => (await spine.get(begun.location ?? '')).body, { timeout: 5_000 })
      .toMatchObject({
        rebuild: null,
        live: { generation: 2, differs: false, outcome: 'swapped' },
        old: { generation: 1 },
      })
    expect((await spine.get('/api/sitewatch')).body).toEqual(before)
  })

  it.each([
    ['pause', 409, 'no_rebuild'],
    ['resume', 409, 'no_rebuild'],
    ['cancel', 409, 'no_rebuild'],
    ['rollback', 409, 'nothing_to_roll_back'],
    ['drop-old', 409, 'nothing_to_drop'],
    ['retry', 409, 'nothing_stopped'],
  ])('refuse to %s where there is nothing to', async (verb, status, code) => {
    expect(await post(`/api/projections/journal/${verb}`)).toMatchObject({ status, body: { code } })
    expect(await post(`/api/projections/nothing/${verb}`)).toMatchObject({
      status: 404,
      body: { code: 'projection_unknown', detail: expect.stringContaining('weatherwatch, sitewatch') },
    })
  })
})

describe('noctuary projections', () => {
  it('rebuilds, shows how far it is, and compares', async () => {
    await database.pool.query('delete from weatherwatch_v1_g1.weatherwatch where id % 10 = 3')
    const { code, said } = await cli('rebuild', 'weatherwatch', '--drop-old')
    expect(said).toContain('weatherwatch: filling generation 2')
    expect(said).toMatch(/weatherwatch rebuilt: generation 2 is live, \d+ events/)
    expect(said).toMatch(/weatherwatch: \d+ rows live, \d+ new; 0 gone, 3 new, 0 different/)
    expect(said).toContain('extra: {"id":20261120000003,"site":"osm"}')
    expect(code).toBe(0)
    expect((await spine.get('/api/projections/weatherwatch')).body).toMatchObject({ old: null })
  })

  it('rebuilds all at once', async () => {
    const { code, said } = await cli('rebuild', '--all')
    expect(said.match(/is live, \d+ events/g)).toHaveLength(projections.length)
    expect(code).toBe(0)
    expect((await cli('rollback', 'journal')).code).toBe(0)
  })

  it('shows the status, a line each', async () => {
    await expect
      .poll(async () => (await cli('status')).said)
      .toMatch(/environment +live +v1 g2 +live +caught up/)
  })

  it('says what was asked wrongly', async () => {
    expect(await cli('rebuild')).toMatchObject({ code: 2, said: 'name read models, or say --all\n' })
    expect(await cli('rebuild', 'nothing')).toMatchObject({
      code: 16,
      said: expect.stringContaining('There is no read model nothing'),
    })
    expect(await cli('retry', 'weatherwatch')).toMatchObject({
      code: 1,
      said: 'weatherwatch is not stopped.\n',
    })
    const nobody = await noctuary(['projections', 'status', '--url', 'http://127.0.0.1:1']).ended
    expect(nobody).toMatchObject({ code: 1, said: expect.stringContaining('nothing answers at') })
  })
})
