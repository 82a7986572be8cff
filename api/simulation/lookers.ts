import path from 'node:path'
import { pino } from 'pino'
import { systemClock } from '#adapters/clock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { SimulatedLog } from '#adapters/simulated-time/open-log.ts'
import type { Config } from '#api/config.ts'
import { healthOf } from '#api/health.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { Hub } from '#api/live/hub.ts'
import { startProjections } from '#api/parts/projections.ts'
import { Registry } from '#commands/agents/registry.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { projections } from '#projections/catalogue.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { hearChanges } from '#projections/engine/hear-changes.ts'
import { readModels } from '#projections/read-database.ts'

type Surroundings = {
  readonly config: Config
  readonly log: SimulatedLog
  /** What time it is in the night. */
  readonly clock: Clock
  readonly say: (line: string) => void
}

/**
 * The page, the read models and the API over a night that is being simulated. It only shows, to everybody who reaches it:
 * whoever looks leaves no trace in the night, so it is the same whether somebody looks or not.
 */
export const openToLookers = async ({ config, log, clock, say }: Surroundings) => {
  await using starting = new AsyncDisposableStack()
  const { HOST, PORT, SITE, SAFETY_LIMITS, DATA_DIR, LOG_LEVEL } = config
  const served = await log.serve()
  starting.defer(() => served.stop())
  const store = openEventStore(served.url)
  starting.defer(() => store.close())
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(DATA_DIR, 'postgres') })
  starting.defer(() => postgres.stop())
  const pool = openPool(postgres.url(), { applicationName: 'noctuary lookers', max: 16 })
  starting.defer(() => pool.end())
  const registry = new Registry(systemClock)
  const ground = { pool, feed: store, clock: systemClock }
  const running = startProjections({ ...ground, registry, onChange: () => {} })
  starting.defer(() => running.stop())
  const asOf = new AsOf({ pool, feed: store, clock, projections })
  starting.defer(() => asOf.close())
  const hub = new Hub({
    feed: store,
    clock: systemClock,
    hearChanges: (hear, signal) => hearChanges(ground, hear, signal),
    say,
  })
  starting.defer(() => hub.stop())
  const server = await makeServer({
    access: { demo: true },
    trustedProxies: [],
    db: readModels(pool),
    asOf,
    dataDir: DATA_DIR,
    site: SITE,
    about: { rules: SAFETY_LIMITS, simulated: true },
    events: store,
    clock,
    health: async () => healthOf([], running.statuses(), clock),
    live: { hub, feed: store, models: projections.map(({ name }) => name) },
    graph: () => registry.graph(),
    metrics: makeMetrics(),
    logger: pino({ level: LOG_LEVEL }, pino.destination({ dest: 2, sync: false })),
  })
  starting.defer(() => server.close())
  const url = await server.listen({ host: HOST, port: PORT })
  const stack = starting.move()
  return { url, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}
