import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import autocannon from 'autocannon'
import fastify from 'fastify'
import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import { pino } from 'pino'
import { systemClock } from '#adapters/clock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { setUp } from '#projections/engine/generations.ts'
import { type ReadDatabase, readModels } from '#projections/read-database.ts'
import { weatherwatch } from '#projections/weatherwatch/projection.ts'
import { recentWeather } from '#projections/weatherwatch/queries.ts'
import { localAccess } from '#test/support/access.ts'
import type { Bench } from './bench.ts'
import { median, percentile, rounded } from './statistics.ts'

const rows = 100_000

const fill = (pool: Pool) =>
  pool.query(
    `insert into weatherwatch_v1_g1.weatherwatch
     select 20261121000000 + n, 'osm', 'OK', '2026-11-21T00:00:00Z'::timestamptz + n * interval '2 seconds',
       60.1, 3.4, 202.3, 12.1, 769.2, 0, -20.5
     from generate_series(1, $1) n`,
    [rows],
  )

/** The SQL of the endpoint, as its own query has it. */
const sqlOfEndpoint = async (pool: Pool): Promise<CompiledQuery> => {
  const seen: CompiledQuery[] = []
  const db = new Kysely<ReadDatabase>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void seen.push(query),
  })
  await recentWeather(db, { limit: 50 })
  const [query] = seen
  if (!query) throw new Error('the endpoint asked nothing')
  return query
}

/** The least that could answer the same question: the same SQL by pg, and Fastify's own JSON. */
const bareServer = async (pool: Pool) => {
  const { sql, parameters } = await sqlOfEndpoint(pool)
  const app = fastify({ logger: false })
  app.get('/api/weatherwatch', async () => {
    const { rows: items } = await pool.query(sql, [...parameters])
    return { items, next: items.at(-1)?.id ?? null }
  })
  return { app, url: await app.listen({ host: '127.0.0.1', port: 0 }) }
}

const load = (url: string, seconds: number, options: { overallRate?: number; connections: number }) =>
  autocannon({ url: `${url}/api/weatherwatch?limit=50`, duration: seconds, ...options })

/** Requests per second, ours and bare, taking turns in one run; and the latency at a steady 500 requests a second. */
export const api: Bench = {
  name: 'api',
  about: 'GET /api/weatherwatch?limit=50 against bare Fastify with the same SQL',
  run: async ({ quick }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-bench-'))
    const postgres = await startEmbeddedPostgres({ dataDir: folder })
    const pool = openPool(postgres.url())
    await setUp(pool, [weatherwatch])
    await fill(pool)
    const ours = await makeServer({
      access: localAccess,
      db: readModels(pool),
      site: sanPedroMartir,
      clock: systemClock,
      // Nothing asked here reads the log.
      events: openEventStore('esdb://127.0.0.1:1?tls=false'),
      health: async () => ({ status: 'ok', parts: [], projections: [] }),
      metrics: makeMetrics(),
      logger: pino({ level: 'silent' }),
    })
    const url = await ours.listen({ host: '127.0.0.1', port: 0 })
    const bare = await bareServer(pool)
    const seconds = quick ? 2 : 5
    const [oursPerS, barePerS]: [number[], number[]] = [[], []]
    for (let round = 0; round < (quick ? 2 : 5); round++) {
      oursPerS.push((await load(url, seconds, { connections: 10 })).requests.average)
      barePerS.push((await load(bare.url, seconds, { connections: 10 })).requests.average)
    }
    const steady = await load(url, seconds * 2, { connections: 10, overallRate: 500 })
    await Promise.all([ours.close(), bare.app.close()])
    await pool.end()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
    const ratios = oursPerS.map((perS, i) => perS / (barePerS[i] ?? Number.NaN))
    console.table({ ours: { perS: median(oursPerS) }, bare: { perS: median(barePerS) } })
    console.table({
      ratio: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
    })
    console.table({
      at500perS: { p50Ms: steady.latency.p50, p99Ms: steady.latency.p99, errors: steady.errors },
    })
    return {
      ratioToRaw: rounded(median(ratios)),
      ratioLeast: rounded(percentile(ratios, 0)),
      p50Ms: steady.latency.p50,
      p99Ms: steady.latency.p99,
      errors: steady.errors,
    }
  },
}
