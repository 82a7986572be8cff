import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { healthOf } from '#api/health.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import type { Envelope } from '#commands/handle.ts'
import { nightCourse } from '#commands/night/course.ts'
import { openTonight } from '#commands/night/open-tonight.ts'
import { observations as observationsOn } from '#commands/observing/observations.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { epochMsOf, instantOf } from '#domain/shared/time.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { nights } from '#projections/nights/projection.ts'
import { observations } from '#projections/observations/projection.ts'
import { readModels } from '#projections/read-database.ts'
import { schedule } from '#projections/schedule/projection.ts'
import { actingFor, localAccess } from '#test/support/access.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { startRunning } from '#test/support/running-projections.ts'

const night = '2026-11-20'
const startsAt = '2026-11-21T04:00:00.000Z'
const site = sanPedroMartir
const projections = [nights, observations, schedule]

const observatory = async () => {
  await using starting = new AsyncDisposableStack()
  const { store } = starting.use(await freshEventStore())
  const { pool } = starting.use(await freshDatabase())
  const clock = new VirtualClock(epochMsOf(startsAt))
  const running = starting.use(startRunning(projections, { pool, feed: store }))
  for (const { name } of projections)
    await running.until((status) => status.name === name && status.role === 'live' && status.state === 'live')
  const asOf = starting.use(new AsOf({ pool, feed: store, clock, projections }))
  const server = await makeServer({
    access: localAccess,
    db: readModels(pool),
    asOf,
    commandNight: nightCourse(store, site.id),
    site,
    events: store,
    store,
    clock,
    health: async () => healthOf([], [], systemClock),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  starting.defer(() => server.close())
  const stack = starting.move()

  /** The read model has taken in everything there is. */
  const shown = async (name: string) => {
    const head = (await store.head())?.commit ?? 0n
    await running.until(
      (status) =>
        status.name === name && status.role === 'live' && (status.checkpoint.position?.commit ?? -1n) >= head,
    )
  }
  const get = async (path: string) => (await fetch(`${url}${path}`)).json()
  const setMode = (body: object) =>
    fetch(`${url}/api/night/mode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...actingFor('olga') },
      body: JSON.stringify(body),
    })
  const by = (what: string): Envelope => ({
    commandId: uuidFrom(what, noctuaryNamespace),
    at: instantOf(clock.now()),
    night,
    actor: { kind: 'agent', id: 'observer' },
  })
  const open = () => openTonight({ store, clock, site, simulated: true }, AbortSignal.timeout(20_000))
  return {
    ...{ store, clock, get, setMode, by, open, shown },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

describe('GET /api/night', () => {
  it('says before the first night that none has begun', async () => {
    await using here = await observatory()
    expect(await here.get('/api/night')).toMatchObject({
      night: null,
      now: 'no night has begun yet: the majordome has not run',
    })
    const refused = await here.setMode({ mode: 'manual', why: 'looking at the mirror' })
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'night_not_open' }])
  })

  it('P41 follows the night: what is observed, why it is suspended, in whose hands it is; and as of before', async () => {
    await using here = await observatory()
    await here.open()
    await here.open()
    const attempt = { sequenceId: 'r1.1', requestId: 'r1', attempt: 1 }
    const observe = observationsOn(here.store, site.id)
    const started = { scheduleVersion: 1, endsExpectedAt: startsAt, imagesExpected: 3 }
    await observe({ type: 'StartObservation', ...attempt, ...started }, here.by('start'))
    await here.shown('observations')
    expect(await here.get('/api/night')).toMatchObject({
      night: { night, mode: 'automatic', phase: null },
      now: 'observing r1.1, 0 of 3 images',
      observing: { sequence_id: 'r1.1' },
    })

    await here.clock.advanceBy(60_000)
    const rain = { why: 'weather' as const, detail: 'it rains', verdictId: null, closesRoof: true }
    const where = { site: site.id, night, at: instantOf(here.clock.now()) }
    await nightCourse(here.store, site.id)({ type: 'SuspendObserving', ...where, ...rain }, here.by('rain'))
    await observe(
      { type: 'AbortObservation', ...attempt, why: 'weather', detail: 'it rains' },
      here.by('abort'),
    )
    const missed = {
      scheduleVersion: 1,
      why: 'suspended' as const,
      detail: 'observing is suspended (weather)',
    }
    await observe({ type: 'MissSequence', ...attempt, sequenceId: 'r2.1', ...missed }, here.by('miss'))
    const taken = await here.setMode({ mode: 'manual', why: 'looking at the mirror' })
    expect(await taken.json()).toEqual({ mode: 'manual', night, changed: true })
    expect(await (await here.setMode({ mode: 'manual', why: 'again' })).json()).toMatchObject({
      changed: false,
    })
    await Promise.all(['nights', 'observations'].map(here.shown))

    expect(await here.get('/api/night')).toMatchObject({
      now: 'observing is suspended (weather): it rains',
      night: { mode: 'manual', mode_why: 'looking at the mirror', suspensions: 1 },
      observing: null,
    })
    expect(await here.get(`/api/observations?night=${night}`)).toMatchObject({
      items: [{ sequence_id: 'r1.1', state: 'aborted', why: 'weather', images_taken: 0 }],
    })
    expect(await here.get(`/api/nights/${night}/missed`)).toMatchObject({ items: [{ sequence_id: 'r2.1' }] })
    expect(await here.get('/api/nights')).toMatchObject({ items: [{ night }], next: null })
    expect(await here.get(`/api/night?at=${startsAt}`)).toMatchObject({
      now: 'observing r1.1, 0 of 3 images',
      night: { mode: 'automatic' },
    })
  })

  it('refuses a mode that there is not, and one without a reason', async () => {
    await using here = await observatory()
    await here.open()
    const wrong = await here.setMode({ mode: 'party', why: '' })
    expect(wrong.status).toBe(400)
    expect(JSON.stringify(await wrong.json())).toMatch(/say why, in a few words/)
  })
})
