import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { startSpine } from '#test/support/spine.ts'

let database: FreshDatabase
let log: FreshEventStore
let spine: Awaited<ReturnType<typeof startSpine>>

const paths = ['/api/weatherwatch', '/api/sitewatch', '/api/environment'] as const
type Sample = { path: string; at: string; position: string; body: unknown }
const samples: Sample[] = []

/** What the live endpoints answer now, kept to be compared with what they say of this moment later. */
const sample = async () => {
  const at = new Date(spine.clock.now()).toISOString()
  for (const path of paths) {
    const { headers, body } = await spine.get(path)
    samples.push({ path, at, position: headers.get('x-position') ?? '', body })
  }
}

beforeAll(async () => {
  ;[database, log] = await Promise.all([freshDatabase(), freshEventStore()])
  spine = await startSpine({ store: log.store, pool: database.pool, scenario: 'plc-outage' })
  await spine.clock.advanceBy(4_000)
  for (let sampled = 0; sampled < 6; sampled++) {
    await spine.clock.advanceBy(14_000)
    await spine.projected()
    await sample()
  }
})
afterAll(async () => {
  await spine?.[Symbol.asyncDispose]()
  await Promise.all([log?.[Symbol.asyncDispose](), database?.drop()])
})

describe('a read model’s endpoint', () => {
  it('answers of a position as it answered then', async () => {
    expect(new Set(samples.map(({ position }) => position)).size).toBeGreaterThan(5)
    for (const { path, position, body } of samples) {
      const now = await spine.get(`${path}?position=${position}`)
      expect({ path, position: now.headers.get('x-position'), body: now.body }).toEqual({
        path,
        position,
        body,
      })
    }
  })

  it('answers of an instant as it answered then', async () => {
    for (const { path, at, body } of samples) {
      expect({ path, at, body: (await spine.get(`${path}?at=${at}`)).body }).toEqual({ path, at, body })
    }
  })

  it.each([
    ['at=2031-01-01T00:00:00Z', 400, 'instant_in_future'],
    ['at=1999-01-01T00:00:00Z', 404, 'before_the_log'],
    ['position=9007199254740993', 404, 'position_beyond_end'],
    ['position=0', 404, 'before_the_log'],
    ['at=yesterday', 400, 'invalid_request'],
    ['at=2026-11-21T03:12:00', 400, 'invalid_request'],
    ['position=-1', 400, 'invalid_request'],
    ['position=12&at=2026-11-21T04:00:00Z', 400, 'moment_ambiguous'],
  ])('refuses ?%s', async (query, status, code) => {
    for (const path of paths)
      expect(await spine.get(`${path}?${query}`)).toMatchObject({ status, body: { code } })
  })
})
