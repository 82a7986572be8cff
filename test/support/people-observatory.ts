import { pino } from 'pino'
import { systemClock } from '#adapters/clock.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { healthOf } from '#api/health.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { peopleOn } from '#api/people.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { projections } from '#projections/catalogue.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { readModels } from '#projections/read-database.ts'
import { freshEventStore } from './event-store.ts'
import { freshDatabase } from './postgres.ts'
import { startRunning } from './running-projections.ts'

type Asked = { body?: unknown; headers?: Record<string, string> }

/** Log, database, read models and API, without anything that observes. */
export const peopleObservatory = async (startsAt = '2026-11-21T04:00:00.000Z') => {
  await using starting = new AsyncDisposableStack()
  const log = starting.use(await freshEventStore())
  const database = starting.use(await freshDatabase())
  const { store } = log
  const { pool } = database
  const clock = new VirtualClock(epochMsOf(startsAt))
  const running = starting.use(startRunning(projections, { pool, feed: store }))
  const asOf = starting.use(new AsOf({ pool, feed: store, clock, projections }))
  const people = peopleOn(store, pool, sanPedroMartir.id)
  const server = await makeServer({
    db: readModels(pool),
    asOf,
    people,
    site: sanPedroMartir,
    events: store,
    clock,
    health: async () => healthOf([], [], systemClock),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  starting.defer(() => server.close())
  const stack = starting.move()

  const ask = async (method: string, path: string, { body, headers = {} }: Asked = {}) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: an answer may be anything; the test says what it should be.
    const said: any = await answer.json()
    return { status: answer.status, headers: answer.headers, body: said }
  }

  return {
    ...{ store, pool, clock, url, log, people, ask },
    /** Resolves when the read models show everything that is in the log by now. */
    projected: async () => {
      const end = await store.head()
      for (const { name } of projections)
        await running.until(
          (status) =>
            status.name === name &&
            status.role === 'live' &&
            (end === null || (status.checkpoint.position?.commit ?? -1n) >= end.commit),
        )
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
