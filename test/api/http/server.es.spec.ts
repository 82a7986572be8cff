import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projections } from '#projections/catalogue.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { startSpine } from '#test/support/spine.ts'

let log: FreshEventStore
let database: FreshDatabase
let spine: Awaited<ReturnType<typeof startSpine>>

beforeAll(async () => {
  const parts = await Promise.all([freshEventStore(), freshDatabase()])
  ;[log, database] = parts
  spine = await startSpine({ store: log.store, pool: database.pool, scenario: 'demo' })
  await spine.clock.advanceBy(60_000)
  await spine.projected()
})

afterAll(async () => {
  await spine[Symbol.asyncDispose]()
  await Promise.all([log[Symbol.asyncDispose](), database.drop()])
})

describe.each(['weatherwatch', 'sitewatch'])('GET /api/%s', (table) => {
  const idsOf = async (query: string): Promise<{ ids: number[]; next: number | null }> => {
    const { body } = await spine.get(`/api/${table}${query}`)
    return { ids: body.items.map(({ id }: { id: number }) => id), next: body.next }
  }

  it('P11 gives a row per poll, newest first, numbered through the night', async () => {
    const { ids, next } = await idsOf('')
    // Every 2 s from 1.5 s on: 30 polls in the first minute.
    expect(ids).toEqual(Array.from({ length: 30 }, (_, i) => 20261120000030 - i))
    expect(next).toBeNull()
  })

  it('goes on where the page before ended', async () => {
    const first = await idsOf('?limit=20')
    const second = await idsOf(`?limit=20&before=${first.next}`)
    expect([...first.ids, ...second.ids]).toEqual((await idsOf('')).ids)
    expect(second.next).toBeNull()
  })

  it('says how far into the log it is', async () => {
    const { headers } = await spine.get(`/api/${table}?limit=1`)
    const empty = await spine.get(`/api/${table}?before=1`)
    expect(headers.get('x-position')).toMatch(/^[1-9]\d*$/)
    expect(empty.body).toEqual({ items: [], next: null })
    expect(empty.headers.get('x-position')).toBe(headers.get('x-position'))
  })

  it.each([
    ['limit=0', 'querystring/limit'],
    ['limit=1001', 'querystring/limit'],
    ['limit=many', 'querystring/limit'],
    ['before=-3', 'querystring/before'],
    ['before=yesterday', 'querystring/before'],
  ])('refuses ?%s, naming what is wrong', async (query, path) => {
    const { status, headers, body } = await spine.get(`/api/${table}?${query}`)
    expect(status).toBe(400)
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(body).toMatchObject({ code: 'invalid_request', status: 400, errors: [{ path }] })
  })
})

describe('GET /api/environment', () => {
  it('W6 gives each quantity with value, interpretation and action, the verdict, and when the roof may open', async () => {
    const { status, body } = await spine.get('/api/environment')
    expect(status).toBe(200)
    const rain = body.quantities.find(({ quantity }: { quantity: string }) => quantity === 'rain')
    expect(rain).toMatchObject({ value: 0, unit: 'mm/h', interpretation: 'no rain', state: 'unsafe' })
    // Twenty minutes after the start, before which everything was unknown.
    expect(body.verdict).toMatchObject({
      state: 'unsafe',
      mayOpen: false,
      rulesVersion: 'safety-1',
      reopenExpectedAt: '2026-11-21T04:20:01.500Z',
    })
    expect(body.verdict.reasons.length).toBeGreaterThan(0)
    expect(body.flags).toEqual([])
  })
})

describe('the system about itself', () => {
  it('W15 /health is 200 while everything is well', async () => {
    const { status, body } = await spine.get('/health')
    expect(status).toBe(200)
    expect(
      body.projections.map(({ name, state }: { name: string; state: string }) => `${name} ${state}`),
    ).toEqual(projections.map(({ name }) => `${name} live`))
  })

  it('W15 /metrics speaks Prometheus', async () => {
    const text = await (await fetch(`${spine.url}/metrics`)).text()
    expect(text).toContain('noctuary_projection_events{projection="weatherwatch"} 30')
    expect(text).toMatch(
      /noctuary_http_request_seconds_count\{route="\/api\/weatherwatch",status="200"\} \d+/,
    )
  })

  it('describes itself in valid OpenAPI 3.1', async () => {
    const { body } = await spine.get('/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    expect(await new Validator().validate(body)).toMatchObject({ valid: true })
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/api/weatherwatch',
        '/api/sitewatch',
        '/api/environment',
        '/health',
        '/metrics',
      ]),
    )
  })

  it('has a page to browse that', async () => {
    const answer = await fetch(`${spine.url}/api/docs`)
    expect(await answer.text()).toContain('Swagger UI')
  })

  it('answers what is not there with a problem', async () => {
    const { status, body } = await spine.get('/api/weather')
    expect(status).toBe(404)
    expect(body).toMatchObject({ code: 'not_found', status: 404 })
  })
})
