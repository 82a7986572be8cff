import { Validator } from '@seriousme/openapi-schema-validator'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { whatIfOn } from '#api/http/what-if.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { readModels } from '#projections/read-database.ts'
import { localAccess } from '#test/support/access.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { answered, fine, night, record, seconds, site } from '#test/support/recorded-night.ts'

let log: FreshEventStore
let database: FreshDatabase
let server: Awaited<ReturnType<typeof makeServer>>

beforeAll(async () => {
  const parts = await Promise.all([freshEventStore(), freshDatabase()])
  ;[log, database] = parts
  await record(log.store, [
    ...seconds(0, 1260, 6).map((second) => answered(second)),
    ...seconds(1266, 1500, 6).map((second) => answered(second, fine(second, { windMs: 11 }))),
  ])
  server = await makeServer({
    access: localAccess,
    db: readModels(database.pool),
    site: sanPedroMartir,
    events: log.store,
    clock: systemClock,
    judgeAnew: whatIfOn(log.store, site, safetyRules()),
    health: async () => ({ status: 'ok', parts: [], projections: [] }),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
})

afterAll(async () => {
  await server.close()
  await Promise.all([log[Symbol.asyncDispose](), database.drop()])
})

const ask = async (query = '', of = night) => {
  const answer = await server.inject(`/api/nights/${of}/what-if${query}`)
  return { status: answer.statusCode, body: answer.json() }
}

describe('GET /api/nights/:night/what-if', () => {
  it('judges by the limits in force when none is set, and nothing is different', async () => {
    const { status, body } = await ask()
    expect(status).toBe(200)
    expect(body).toMatchObject({ night, deviation: null, differences: [], openMinutes: { gained: 0 } })
  })

  it('takes one limit or several, wind in km/h', async () => {
    const { body } = await ask('?set=wind.unsafeKmh=45&set=rain.goodForS=600')
    expect(body.openMinutes.gained).toBeGreaterThan(1)
    expect(body.differences.length).toBeGreaterThan(0)
    expect((await ask('?set=wind.unsafeKmh=45')).body.openMinutes.unsafeGained).toBeGreaterThan(1)
  })

  it.each([
    ['?set=wind', night, 400, 'limit_invalid'],
    ['?set=wimd.unsafeMs=3', night, 400, 'limit_invalid'],
    ['', '2020-01-01', 404, 'night_unknown'],
    ['', 'yesterday', 400, 'invalid_request'],
  ])('refuses %s of %s with %i %s', async (query, of, status, code) => {
    const answer = await ask(query, of)
    expect(answer).toMatchObject({ status, body: { status, code } })
  })

  it('stands in a valid OpenAPI document', async () => {
    const document = (await server.inject('/api/openapi.json')).json()
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    expect(Object.keys(document.paths)).toContain('/api/nights/{night}/what-if')
  })

  it('judges one night at a time, and is free again after it', async () => {
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 503, 503])
    expect(answers.find(({ status }) => status === 503)?.body.code).toBe('what_if_busy')
    expect((await ask()).status).toBe(200)
  })
})
