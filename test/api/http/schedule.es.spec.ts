import { XmlDocument } from 'libxml2-wasm'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { problemSchema } from '#api/http/problem.ts'
import { askSchema } from '#api/http/schedule-asks.ts'
import { changesSchema, scheduleSchema, versionSchema } from '#api/http/schedule-shapes.ts'
import { makeServer } from '#api/http/server.ts'
import { visibilitySchema } from '#api/http/visibility.ts'
import { whyNotSchema } from '#api/http/why-not.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { readModels } from '#projections/read-database.ts'
import { schedule } from '#projections/schedule/projection.ts'
import { actingFor, localAccess, locally } from '#test/support/access.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { type Happening, planningLog } from '#test/support/planning-log.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { startRunningPlanner } from '#test/support/running-planner.ts'
import { startRunning } from '#test/support/running-projections.ts'
import { requestGiven } from '#test/support/submitted-requests.ts'

const at = '2026-11-20T23:00:00.000Z'
const night = '2026-11-20'

const submitted = (requestId: string, given: Parameters<typeof requestGiven>[1]): Happening => ({
  type: 'RequestSubmitted',
  data: requestGiven(requestId, given),
  stream: `request-${requestId}`,
  at,
})

const observatory = async () => {
  await using starting = new AsyncDisposableStack()
  const { store } = starting.use(await freshEventStore())
  const { pool } = starting.use(await freshDatabase())
  const clock = new VirtualClock(epochMsOf(at))
  starting.use(startRunningPlanner({ store, clock }))
  const running = starting.use(startRunning([schedule], { pool, feed: store }))
  const asOf = new AsOf({ pool, feed: store, clock, projections: [schedule] })
  starting.defer(() => asOf.close())
  const server = await makeServer({
    access: localAccess,
    db: readModels(pool),
    asOf,
    site: sanPedroMartir,
    events: store,
    store,
    clock,
    health: async () => ({ status: 'ok', parts: [], projections: [] }),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  starting.defer(() => server.close())
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const stack = starting.move()
  const get = (path: string, init: RequestInit = {}) => fetch(new URL(path, url), init)
  /** An answer as soon as it is as wanted; looked for after each batch of the read model. */
  const until = async <Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    wanted: (body: z.output<Schema>) => boolean,
  ): Promise<z.output<Schema>> => {
    for (let seen = running.said.length; ; seen = running.said.length) {
      const body = schema.safeParse(await (await get(path)).json())
      if (body.success && wanted(body.data)) return body.data
      if (running.said.length === seen) await running.until(() => true, seen)
    }
  }
  const read = async <Schema extends z.ZodType>(schema: Schema, path: string): Promise<z.output<Schema>> =>
    schema.parse(await (await get(path)).json())
  return { get, read, until, world: planningLog(store), [Symbol.asyncDispose]: () => stack.disposeAsync() }
}
const versions = z.object({ items: z.array(versionSchema) })

let here: Awaited<ReturnType<typeof observatory>>
let first: z.output<typeof scheduleSchema>

beforeAll(async () => {
  here = await observatory()
  await here.world.happens(
    submitted('m45', { sequences: [{ raDeg: 57, name: 'the "Seven" <Sisters>, =1+1' }] }),
    submitted('south', { sequences: [{ decDeg: -80 }] }),
  )
  first = await here.until(
    scheduleSchema,
    '/api/schedule',
    ({ placed, unplaced, explained }) => placed === 1 && unplaced === 1 && explained,
  )
})
afterAll(() => here[Symbol.asyncDispose]())

describe('the schedule', () => {
  it('says what is planned, why the rest is not, and what asked for it', () => {
    expect(first).toMatchObject({
      night,
      site: 'osm',
      entries: [{ sequenceId: 'm45.1', kind: 'planned' }],
      leftOut: [{ sequenceId: 'south.1', code: 'BELOW_LIMIT', text: expect.stringContaining('°') }],
    })
    expect(first.causes.map(({ why }) => why)).toContain('submission')
  })

  it('is unknown, in so many words, for a night without a plan', async () => {
    const answer = await here.get('/api/schedule?night=2020-01-01')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({
      code: 'schedule_unknown',
      detail: expect.stringContaining('2020-01-01'),
    })
  })

  it('P29 a person asks for another, sees it answered, and what it changed', async () => {
    await here.world.happens(submitted('late', { sequences: [{ raDeg: 80 }] }))
    const asking = (body: object) =>
      here.get('/api/schedule', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...actingFor('vera'), 'idempotency-key': 'once' },
        body: JSON.stringify(body),
      })
    const asked = await asking({ keep: true, why: 'better seeing' })
    expect(asked.status).toBe(202)
    const location = asked.headers.get('location') ?? ''
    const ask = await here.until(askSchema, location, ({ state }) => state === 'answered')
    expect(ask).toMatchObject({ askedBy: 'user:vera', detail: 'better seeing', keep: true })
    const again = await asking({ why: 'better seeing', keep: true })
    expect(again.headers.get('location')).toBe(location)
    expect(await (await asking({})).json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
    const version = await here.read(scheduleSchema, ask.answer?.href ?? '')
    expect(version.entries.map(({ sequenceId }) => sequenceId)).toContain('late.1')
    const { items } = await here.read(versions, `/api/schedules?night=${night}`)
    expect(items[0]?.version).toBeGreaterThan(first.version)
    const added: string[] = []
    for (const { version: number } of items.filter(({ version: n }) => n > first.version)) {
      const changes = await here.read(changesSchema, `/api/schedules/${night}/${number}/changes`)
      expect(changes.previous).toBe(number - 1)
      added.push(...changes.added.map(({ sequenceId }) => sequenceId))
    }
    expect(added).toEqual(['late.1'])
  })

  it('answers as of an earlier moment as it answered then', async () => {
    const then = await here.read(scheduleSchema, `/api/schedules/${night}/${first.version}`)
    const position = first.basedOn.split('/')[0]
    const earlier = await here.read(scheduleSchema.partial(), `/api/schedule?position=${position}`)
    expect(then).toEqual(first)
    expect(earlier.version ?? 0).toBeLessThan(first.version)
  })

  it('refuses what it cannot mean, and says where', async () => {
    const answer = await here.get('/api/schedule?nigth=2026-11-20')
    expect(answer.status).toBe(400)
    const body = await here.get('/api/schedule', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...locally },
      body: '{"kept":true}',
    })
    expect(await body.json()).toMatchObject({ status: 400, detail: expect.stringContaining('kept') })
    expect((await here.get(`/api/schedules/${night}/0`)).status).toBe(400)
  })
})

describe('why not', () => {
  it('gives the code, the figures and what would have to change', async () => {
    const answer = await here.read(whyNotSchema, '/api/sequences/south.1/why-not')
    expect(answer).toMatchObject({
      planned: false,
      code: 'BELOW_LIMIT',
      figures: { limitDeg: 30, highestDeg: expect.any(Number) },
      remedy: 'another observatory: it never rises here',
    })
  })

  it('says when, for what is planned, and nothing of what nobody asked for', async () => {
    const planned = await here.read(whyNotSchema, '/api/sequences/m45.1/why-not')
    expect(planned).toMatchObject({ planned: true, code: null, startsAt: expect.any(String) })
    const unknown = await here.get('/api/sequences/nobody.1/why-not')
    expect(unknown.status).toBe(404)
    expect(problemSchema.parse(await unknown.json()).code).toBe('sequence_unknown')
  })
})

describe('visibility', () => {
  it('is the same for degrees and sexagesimal text', async () => {
    const query = `night=${night}&every=3600`
    const degrees = await here.read(visibilitySchema, `/api/visibility?ra=56.75&dec=24.1166667&${query}`)
    const text = await here.read(visibilitySchema, `/api/visibility?ra=03:47:00&dec=%2B24:07:00&${query}`)
    expect(degrees.windows).toEqual(text.windows)
    expect(degrees.windows.length).toBeGreaterThan(0)
    expect(degrees.moments[0]).toMatchObject({
      altitudeDeg: expect.any(Number),
      moonSeparationDeg: expect.any(Number),
    })
  })

  it('names every fault by its parameter', async () => {
    const answer = await here.get('/api/visibility?ra=25:00:00&dec=91&night=tonight&every=1')
    expect(answer.status).toBe(400)
    const { errors = [] } = problemSchema.parse(await answer.json())
    expect(errors.map(({ path }) => path).toSorted()).toEqual(
      ['dec', 'every', 'night', 'ra'].map((name) => `querystring/${name}`),
    )
  })
})

describe('exports', () => {
  it('as iCalendar: one event for each observation, with its times', async () => {
    const answer = await here.get('/api/schedule.ics')
    expect(answer.headers.get('content-type')).toContain('text/calendar')
    const text = (await answer.text()).replaceAll('\r\n ', '')
    const [entry] = (await here.read(scheduleSchema, '/api/schedule')).entries
    expect(text.match(/BEGIN:VEVENT/g)?.length).toBe(2)
    expect(text).toContain(`DTSTART:${entry?.startsAt.replaceAll(/[-:]|\.000/g, '')}`)
    expect(text).toContain(`UID:${entry?.sequenceId}@${night}.noctuary`)
  })

  it('as CSV: a header, a line each, and no name that a spreadsheet would run', async () => {
    const lines = (await (await here.get('/api/schedule.csv')).text()).trim().split('\n')
    expect(lines[0]).toContain('sequenceId,requestId,name')
    expect(lines).toHaveLength(3)
    expect(lines.join('\n')).toContain('"the ""Seven"" <Sisters>, =1+1"')
  })

  it('as VOTable: well-formed, with the columns of ObsLocTAP and a cell for each', async () => {
    const text = await (await here.get('/api/schedule.votable')).text()
    using document = XmlDocument.fromString(text)
    const names = { v: 'http://www.ivoa.net/xml/VOTable/v1.3' }
    const count = (path: string) => document.find(path, names).length
    expect(count('/v:VOTABLE/v:RESOURCE[@type="results"]/v:TABLE')).toBe(1)
    const fields = document.find('//v:FIELD/@name', names).map((field) => field.content)
    expect(fields).toEqual(
      expect.arrayContaining([
        't_planning',
        'target_name',
        'obs_id',
        's_ra',
        's_dec',
        't_min',
        't_max',
        'execution_status',
        'tracking_type',
      ]),
    )
    expect(count('//v:TR')).toBe(2)
    expect(count('//v:TR[1]/v:TD')).toBe(fields.length)
    const name = document
      .find(`//v:TR/v:TD[${fields.indexOf('target_name') + 1}]`, names)
      .map((cell) => cell.content)
    expect(name).toContain('the "Seven" <Sisters>, =1+1')
  })
})
