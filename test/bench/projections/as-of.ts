import { pino } from 'pino'
import { systemClock } from '#adapters/clock.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import type { ProposedEvent } from '#commands/event-store.ts'
import type { EnvironmentAssessed } from '#domain/environment/events.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { projections } from '#projections/catalogue.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { runProjections } from '#projections/engine/runner.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'
import { readModels } from '#projections/read-database.ts'
import { localAccess } from '#test/support/access.ts'
import { sampleNight } from '#test/support/sample-night.ts'
import type { Figures } from '../bench.ts'
import { median, percentile, rounded } from '../statistics.ts'
import { began, fill, type Ground } from './ground.ts'

const night = '2026-11-20'

const isAssessed = (event: Recorded): event is Recorded<EnvironmentAssessed> =>
  event.type === 'EnvironmentAssessed'

/** A whole night as the decider decides it, 3 events a poll: some polls of a sample, one after another until it is full. */
const wholeNight = (count: number): ProposedEvent[] => {
  const sample = sampleNight({ polls: 300 })
  const events: ProposedEvent[] = []
  let poll = 0
  while (events.length < count) {
    for (const event of sample) {
      if (isAssessed(event)) poll += 1
      const { schemaVersion: _, ...metadata } = event.metadata
      events.push({
        id: uuidFrom(`bench/${events.length}`, noctuaryNamespace),
        type: event.type,
        data: isAssessed(event) ? { ...event.data, night, poll } : event.data,
        metadata: { ...metadata, night, occurredAt: addSeconds(began, events.length * 0.4) },
      })
    }
  }
  return events.slice(0, count)
}

/** Milliseconds until an answer is there. */
const asked = async (url: string): Promise<number> => {
  const from = performance.now()
  const answer = await fetch(url)
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  await answer.json()
  return performance.now() - from
}

/** The read models as they run in the product; resolves when all have caught up. */
const runLive = async ({ pool, store }: Ground) => {
  const stopping = new AbortController()
  const behind = new Set(projections.map(({ name }) => name))
  const { promise, resolve } = Promise.withResolvers<void>()
  const onStatus = ({ name, state }: ProjectionStatus) => {
    if (state === 'live') behind.delete(name)
    if (behind.size === 0) resolve()
  }
  const running = runProjections(
    projections,
    { pool, feed: store, clock: systemClock, onStatus },
    stopping.signal,
  )
  await promise
  return async () => {
    stopping.abort()
    await running
  }
}

/** First answers at late moments of a night, and answers from what is kept, for each of PYROS's two tables and the whole. */
export const asOfFigures = async (ground: Ground, quick: boolean): Promise<Figures> => {
  const { store, pool } = ground
  const count = quick ? 9_000 : 90_000
  await fill(store, environmentStream('osm', night), wholeNight(count), 100)
  await using ending = new AsyncDisposableStack()
  ending.defer(await runLive(ground))
  const asOf = ending.use(new AsOf({ pool, feed: store, clock: systemClock, projections }))
  const server = await makeServer({
    access: localAccess,
    ...{ db: readModels(pool), asOf, site: sanPedroMartir, events: store, clock: systemClock },
    health: async () => ({ status: 'ok', parts: [], projections: [] }),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  ending.defer(() => server.close())
  const base = await server.listen({ host: '127.0.0.1', port: 0 })
  const first: number[] = []
  const kept: number[] = []
  for (const share of quick ? [0.9] : [0.5, 0.9, 0.99]) {
    const at = addSeconds(began, share * count * 0.4)
    for (const path of ['weatherwatch', 'sitewatch', 'environment']) {
      const url = `${base}/api/${path}?at=${at}`
      first.push(await asked(url))
      for (let again = 0; again < 30; again++) kept.push(await asked(url))
    }
  }
  return {
    asOfFirstMs: rounded(Math.max(...first)),
    asOfFirstMedianMs: rounded(median(first)),
    asOfCachedMs: rounded(percentile(kept, 0.99)),
    asOfCachedMedianMs: rounded(median(kept)),
  }
}
