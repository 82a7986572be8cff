import { pino } from 'pino'
import { systemClock } from '#adapters/clock.ts'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { healthOf } from '#api/health.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { peopleOn } from '#api/people.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { handledTypes } from '#projections/engine/definition.ts'
import { journal } from '#projections/journal/projection.ts'
import { programmes } from '#projections/programmes/projection.ts'
import { quotas } from '#projections/quotas/projection.ts'
import { readModels } from '#projections/read-database.ts'
import { users } from '#projections/users/projection.ts'
import { localAccess, locally } from '#test/support/access.ts'
import { freshEventStore } from './event-store.ts'
import { freshDatabase } from './postgres.ts'
import { startRunning } from './running-projections.ts'

const projections = [users, programmes, quotas, journal]

type Asked = { body?: unknown; headers?: Record<string, string> }

/** Log, database, read models and API, without anything that observes. */
export const peopleObservatory = async (startsAt = '2026-11-21T04:00:00.000Z') => {
  await using starting = new AsyncDisposableStack()
  const log = starting.use(await freshEventStore())
  const database = starting.use(await freshDatabase())
  const appended = new Map<string, string>()
  const store: OpenEventStore = {
    ...log.store,
    append: async (stream, events, expected) => {
      const done = await log.store.append(stream, events, expected)
      for (const { id, type } of events) appended.set(id, type)
      return done
    },
  }
  const { pool } = database
  const clock = new VirtualClock(epochMsOf(startsAt))
  const running = starting.use(startRunning(projections, { pool, feed: store }))
  const asOf = starting.use(new AsOf({ pool, feed: store, clock, projections }))
  const people = peopleOn(store, pool, sanPedroMartir.id)
  const server = await makeServer({
    access: localAccess,
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
      headers: { ...type, ...locally, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: an answer may be anything; the test says what it should be.
    const said: any = await answer.json()
    return { status: answer.status, headers: answer.headers, body: said }
  }

  /** Resolves when the read models show everything that was appended here. */
  const projected = async () => {
    const types = [...appended.values()]
    for (const projection of projections) {
      const handled = handledTypes(projection)
      const given = types.filter((type) => handled.includes(type)).length
      await running.until(
        ({ name, role, checkpoint }) =>
          name === projection.name && role === 'live' && checkpoint.events >= given,
      )
    }
  }

  return {
    ...{ store, pool, clock, url, log, people, running, ask, projected },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
