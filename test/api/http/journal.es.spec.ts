import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { whySchema } from '#api/http/cause-graph.ts'
import type { journalEntrySchema } from '#api/http/journal-entry.ts'
import { catalogue } from '#domain/catalogue.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { startSpine } from '#test/support/spine.ts'

type Entry = z.output<typeof journalEntrySchema>
type Why = z.output<typeof whySchema>

const stack = new AsyncDisposableStack()
let spine: Awaited<ReturnType<typeof startSpine>>

// Five polls of PYROS's scenario: rain throughout by its detector, so there is a verdict at the first poll.
beforeAll(async () => {
  const log = stack.use(await freshEventStore())
  const database = stack.use(await freshDatabase())
  spine = stack.use(await startSpine({ store: log.store, pool: database.pool, scenario: 'pyros-plc' }))
  await spine.clock.advanceBy(9_600)
  await spine.projected()
})
afterAll(() => stack.disposeAsync())

const items = async (query: string): Promise<Entry[]> => {
  const { status, body } = await spine.get(`/api/journal?${query}`)
  expect(status).toBe(200)
  return body.items
}

const theVerdict = async (): Promise<Entry> => {
  const [verdict] = await items('type=SafetyVerdictGiven&order=oldest&limit=1')
  if (!verdict) throw new Error('there is no verdict')
  return verdict
}

describe('the journal', () => {
  it('W16 has every event of the night once, whatever its type', async () => {
    const all = await items('night=2026-11-20&limit=1000')
    const counted = Map.groupBy(all, ({ type }) => type)
    expect(counted.get('WeatherReadingRecorded')).toHaveLength(5)
    expect(counted.get('EnvironmentAssessed')).toHaveLength(5)
    expect(counted.get('SafetyVerdictGiven')?.length).toBeGreaterThan(0)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect([...counted.keys()].every((type) => catalogue.has(type))).toBe(true)
    const revisions = all.map(({ revision }) => revision)
    expect(revisions).toEqual(revisions.map((_, i) => revisions.length - 1 - i))
  })

  it('says who, when, why and where', async () => {
    const verdict = await theVerdict()
    expect(verdict).toMatchObject({
      night: '2026-11-20',
      site: 'osm',
      stream: 'environment-osm-2026-11-20',
      actor: { kind: 'agent', id: 'environment-monitor' },
      simulated: true,
      rulesVersion: 'safety-1',
      observedAt: null,
      occurredAt: '2026-11-21T04:00:01.500Z',
      summary: expect.stringMatching(/^became un(safe|known): /),
    })
  })

  it('pages through in either order, missing and repeating none', async () => {
    const all = (await items('limit=1000')).map(({ id }) => id)
    for (const order of ['newest', 'oldest']) {
      const seen: string[] = []
      for (let cursor = ''; ; ) {
        const { body } = await spine.get(`/api/journal?limit=4&order=${order}${cursor}`)
        seen.push(...body.items.map(({ id }: Entry) => id))
        if (body.next === null) break
        cursor = `&cursor=${body.next}`
      }
      expect(seen).toEqual(order === 'newest' ? all : all.toReversed())
    }
  })

  it('tells how far it has come', async () => {
    const { headers, body } = await spine.get('/api/journal?limit=1')
    expect(`${headers.get('x-position')}`).toBe(body.items[0].position.split('/')[0])
    const none = await spine.get('/api/journal?night=1999-01-01')
    expect(none.body).toEqual({ items: [], next: null })
    expect(none.headers.get('x-position')).toBe(headers.get('x-position'))
  })

  it('P48 filters by everything it knows, all at once', async () => {
    const verdict = await theVerdict()
    const weather = await items('type=WeatherReadingRecorded&type=SiteReadingRecorded')
    expect(new Set(weather.map(({ type }) => type))).toEqual(
      new Set(['WeatherReadingRecorded', 'SiteReadingRecorded']),
    )
    expect(weather).toHaveLength(10)
    expect((await items(`causation=${verdict.causationId}`)).map(({ id }) => id)).toContain(verdict.id)
    const affair = await items(`correlation=${verdict.correlationId}`)
    expect(affair.every(({ occurredAt }) => occurredAt === verdict.occurredAt)).toBe(true)
    const second = await items('from=2026-11-21T04:00:03Z&to=2026-11-20T20:00:05-08:00')
    expect(second.map(({ occurredAt }) => occurredAt)).toEqual(
      Array(second.length).fill('2026-11-21T04:00:03.500Z'),
    )
    expect(second.length).toBeGreaterThanOrEqual(3)
    const matching = 'stream=environment-osm-2026-11-20&actor=agent:environment-monitor&simulated=true'
    expect(await items(`${matching}&type=EnvironmentAssessed&night=2026-11-20`)).toHaveLength(5)
    expect(await items('simulated=false')).toEqual([])
    expect(await items('actor=user:ana')).toEqual([])
  })

  it.each([
    ['night=2026-13-40', 'querystring/night: a night is the date of its evening, e.g. 2026-11-20'],
    ['nigth=2026-11-20', 'nigth'],
    ['type=NoSuchEvent', 'WeatherReadingRecorded'],
    ['actor=ana', 'querystring/actor: an actor is kind:id'],
    ['from=yesterday', 'querystring/from: an instant is ISO 8601'],
    ['cursor=7', 'querystring/cursor: a cursor is what `next`'],
    ['causation=7', 'querystring/causation: the id of an event or a command'],
    ['limit=0', 'querystring/limit'],
  ])('refuses ?%s, saying what would be right', async (query, detail) => {
    const { status, body, headers } = await spine.get(`/api/journal?${query}`)
    expect([status, body.code]).toEqual([400, 'invalid_request'])
    expect(body.detail).toContain(detail)
    expect(headers.get('content-type')).toContain('application/problem+json')
  })

  it('refuses a range that ends before it begins', async () => {
    const { status, body } = await spine.get('/api/journal?from=2026-11-21T04:00:00Z&to=2026-11-21T03:00:00Z')
    expect([status, body.code]).toEqual([400, 'invalid_range'])
  })
})

describe('an event', () => {
  it('comes with its data and metadata', async () => {
    const { id, causationId } = await theVerdict()
    const { body } = await spine.get(`/api/events/${id}`)
    expect(body).toMatchObject({
      id,
      type: 'SafetyVerdictGiven',
      data: { previous: null, reasons: expect.any(Array), readingIds: expect.any(Array) },
      metadata: { schemaVersion: 1, causationId, rulesVersion: 'safety-1' },
    })
  })

  it.each(['', '/why', '/consequences'])('that is not there is a 404 at /api/events/:id%s', async (face) => {
    const { status, body } = await spine.get(`/api/events/00000000-0000-4000-8000-000000000000${face}`)
    expect([status, body.code]).toEqual([404, 'event_unknown'])
    expect(body.detail).toMatch(/which has come to position \d+/)
    expect((await spine.get(`/api/events/7${face}`)).body.code).toBe('invalid_request')
  })
})

describe('why', () => {
  it('goes from a verdict by its assessment to the readings and the poll that began it', async () => {
    const verdict = await theVerdict()
    const why: Why = (await spine.get(`/api/events/${verdict.id}/why`)).body
    expect(why.complete).toBe(true)
    expect(why.nodes.map(({ event, kind, depth }) => [event?.type ?? kind, depth])).toEqual(
      expect.arrayContaining([
        ['SafetyVerdictGiven', 0],
        ['EnvironmentAssessed', 1],
        ['WeatherReadingRecorded', 1],
        ['SiteReadingRecorded', 1],
        ['command', 2],
      ]),
    )
    expect(why.nodes).toHaveLength(5)
    const through = why.edges.filter(({ effect }) => effect === verdict.id).map((edge) => edge.through)
    expect(through.toSorted()).toEqual(['causationId', 'readingIds', 'readingIds'])
    const ids = new Set(why.nodes.map(({ id }) => id))
    expect(why.edges.every(({ cause, effect }) => ids.has(cause) && ids.has(effect))).toBe(true)
  })

  it('tells it in sentences with values, limits, margins and rules', async () => {
    const { id } = await theVerdict()
    const { story }: Why = (await spine.get(`/api/events/${id}/why`)).body
    const text = story.map((line) => line.text).join('\n')
    expect(text).toMatch(/^SafetyVerdictGiven: became un\w+: .* by rules safety-1, simulated\)$/m)
    expect(text).toMatch(/^rain .*limit 0 mm\/h/m)
    expect(text).toMatch(/^DRD11 sent analog 2\.345 V, digital 1$/m)
    expect(text).toMatch(/^it began with command .*, given by agent environment-monitor$/m)
  })

  it('stops at the depth asked for and says so', async () => {
    const { id } = await theVerdict()
    const why: Why = (await spine.get(`/api/events/${id}/why?depth=1`)).body
    expect(why.complete).toBe(false)
    expect(why.nodes.every(({ depth }) => depth <= 1)).toBe(true)
    expect((await spine.get(`/api/events/${id}/why?depth=0`)).body.code).toBe('invalid_request')
  })
})

describe('consequences', () => {
  it('goes from a reading to the verdict that rests on it', async () => {
    const verdict = await theVerdict()
    const [reading] = (await items('type=WeatherReadingRecorded&order=oldest&limit=1')).map(({ id }) => id)
    const { body } = await spine.get(`/api/events/${reading}/consequences`)
    expect(body.nodes.map(({ event }: { event: Entry }) => event.type)).toEqual(
      expect.arrayContaining(['WeatherReadingRecorded', 'EnvironmentAssessed', 'SafetyVerdictGiven']),
    )
    expect(body.nodes.map(({ id }: { id: string }) => id)).toContain(verdict.id)
    expect((await spine.get(`/api/events/${verdict.id}/consequences`)).body.nodes).toHaveLength(1)
  })
})

describe('the journal as of a moment', () => {
  it('answers as it answered then', async () => {
    const query = 'type=EnvironmentAssessed&limit=3'
    const then = await spine.get(`/api/journal?${query}`)
    const [newest] = await items('limit=1')
    await spine.clock.advanceBy(4_000)
    await spine.projected()
    expect(await items('limit=1')).not.toEqual([newest])
    const asOf = `position=${then.headers.get('x-position')}`
    expect((await spine.get(`/api/journal?${query}&${asOf}`)).body).toEqual(then.body)
    const [later] = await items('limit=1')
    expect((await spine.get(`/api/events/${later?.id}?${asOf}`)).body.code).toBe('event_unknown')
    expect((await spine.get(`/api/events/${newest?.id}/why?${asOf}`)).status).toBe(200)
  })
})
