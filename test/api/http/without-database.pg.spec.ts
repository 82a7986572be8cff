import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { readModels } from '#projections/read-database.ts'
import { localAccess } from '#test/support/access.ts'
import { freshDatabase } from '#test/support/postgres.ts'

const serverOn = async (databaseUrl: string) => {
  const pool = openPool(databaseUrl)
  const events = openEventStore(`esdb://127.0.0.1:${await freePort()}?tls=false`)
  const server = await makeServer({
    access: localAccess,
    db: readModels(pool),
    site: sanPedroMartir,
    events,
    clock: systemClock,
    health: async () => ({
      status: 'degraded',
      parts: [{ name: 'Postgres', state: 'down', detail: 'does not answer' }],
      projections: [],
    }),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  onTestFinished(async () => {
    await server.close()
    await pool.end()
    await events.close()
  })
  return server
}

it('a Postgres that is away is a 503 with a code, not a defect', async () => {
  const server = await serverOn(`postgres://nobody@127.0.0.1:${await freePort()}/nothing`)
  const answer = await server.inject('/api/weatherwatch')
  expect(answer.statusCode).toBe(503)
  expect(answer.json()).toMatchObject({ code: 'read_models_unavailable' })
  const health = await server.inject('/health')
  expect(health.statusCode).toBe(503)
  expect(health.json()).toMatchObject({ status: 'degraded' })
})

it('a read model that is not set up yet is a 503 that says so', async () => {
  await using database = await freshDatabase()
  const server = await serverOn(database.url)
  for (const table of ['weatherwatch', 'sitewatch', 'environment']) {
    const answer = await server.inject(`/api/${table}`)
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ code: 'read_model_not_ready' })
  }
})
