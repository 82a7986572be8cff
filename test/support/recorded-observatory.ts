import { pino } from 'pino'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { projections } from '#projections/catalogue.ts'
import { readModels } from '#projections/read-database.ts'
import { localAccess } from '#test/support/access.ts'
import { freshEventStore } from './event-store.ts'
import { freshDatabase } from './postgres.ts'
import { type answered, record } from './recorded-night.ts'
import { rowsOf, startRunning } from './running-projections.ts'

/** The API over a real log and real read models in which commands are on record; nothing writes any more. */
export const recordedObservatory = async (commands: readonly ReturnType<typeof answered>[], now: number) => {
  await using starting = new AsyncDisposableStack()
  const { store } = starting.use(await freshEventStore())
  const { pool } = starting.use(await freshDatabase())
  await record(store, commands)
  const head = await store.head()
  {
    await using running = startRunning(projections, { pool, feed: store })
    for (const { name } of projections)
      await running.until(
        (status) =>
          status.name === name &&
          status.state === 'live' &&
          status.checkpoint.position?.commit === head?.commit,
      )
  }
  const clock = new VirtualClock(now)
  const server = await makeServer({
    access: localAccess,
    db: readModels(pool),
    site: sanPedroMartir,
    events: store,
    clock,
    health: async () => ({ status: 'ok', parts: [], projections: [] }),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  starting.defer(() => server.close())
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const stack = starting.move()
  return {
    url,
    clock,
    store,
    /** All that there is: the log's end and every row. */
    everything: async () => ({
      head: await store.head(),
      rows: await Promise.all(projections.map((projection) => rowsOf(pool, projection))),
    }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
