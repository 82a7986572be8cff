import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { operationsOn } from '#commands/operation/operations.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { actingFor } from '#test/support/access.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { listener, liveServer } from '#test/support/live.ts'
import { logOf } from '#test/support/log-of.ts'
import { nightReportOf } from '#test/support/night-report-of.ts'

const night = '2026-11-20'
const clock = new VirtualClock(epochMsOf('2026-11-21T04:00:00.000Z'))
let log: FreshEventStore
let live: Awaited<ReturnType<typeof liveServer>>

beforeAll(async () => {
  log = await freshEventStore()
  const { store } = log
  const operation = {
    record: operationsOn(store, 'osm'),
    ...{ statuses: () => [], orders: new Map(), askPlc: null, pretendRain: null },
  }
  live = await liveServer({ store, clock, more: { store, operation } })
})
afterAll(async () => {
  await live.stop()
  await log[Symbol.asyncDispose]()
})

type Written = { readonly of?: string; readonly by?: string; readonly key?: string }

const write = async (
  text: unknown,
  { of = night, by = 'ana', key = `${by}: ${text}` }: Written = {},
): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${live.url}/api/nights/${of}/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...actingFor(by) },
    body: JSON.stringify({ text }),
  })
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) }
}

const notes = async (query = '') =>
  (await fetch(`${live.url}/api/nights/${night}/notes${query}`)).json() as Promise<{ items: unknown[] }>

describe('notes in the log of the night', () => {
  it('K16 reach everybody who listens, who wrote them too, with who said it', async () => {
    const [ana, bob] = ['ana', 'bob'].map(() =>
      listener({ url: live.url, subscriptions: [{ sender: null, event: '#note' }] }),
    )
    if (!ana || !bob) throw new Error('two listen')
    using _ana = ana
    using _bob = bob
    await Promise.all([ana, bob].map((one) => one.until(({ connected }) => connected.length === 1)))
    const { status, eventId } = await write('the seeing is fine\nand clouds are gone', { key: 'two lines' })
    expect(status).toBe(201)
    await write('focus checked by hand', { by: 'bob' })
    for (const one of [ana, bob]) {
      await one.until(({ events }) => events.length === 2)
      expect(one.events.map(({ actor, data }) => [actor, data])).toEqual([
        ['user:ana', { text: 'the seeing is fine\nand clouds are gone' }],
        ['user:bob', { text: 'focus checked by hand' }],
      ])
    }
    const first = { by: 'user ana', text: 'the seeing is fine\nand clouds are gone', eventId }
    expect((await notes()).items).toMatchObject([{ by: 'user bob' }, first])
    expect((await notes('?limit=1')).items).toMatchObject([{ by: 'user bob' }])
    const { notes: told } = nightReportOf(
      await logOf(log.store, `operation-osm-${night}`),
      '2026-11-21T20:00:00.000Z',
    )
    expect(told).toMatchObject({ notes: [first, { by: 'user bob' }], omitted: 0 })
  })

  it('stand once however often they are sent', async () => {
    const [once, again] = [await write('said once'), await write('said once')]
    expect(again).toEqual(once)
    const other = await write('something else', { key: 'ana: said once' })
    expect(other).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
    const said = (await logOf(log.store, `operation-osm-${night}`)).map(({ data }) => JSON.stringify(data))
    expect(said.filter((text) => text === '{"text":"said once"}')).toHaveLength(1)
  })

  it.each([
    ['  ', night, 400, /body\/text: say something/],
    [3, night, 400, /body\/text/],
    ['late', '2026-11-19', 409, /It is the night of 2026-11-20; that of 2026-11-19 takes no notes/],
    ['early', '2026-11-21', 409, /It is the night of 2026-11-20/],
    ['when', 'tonight', 400, /a night is the date of its evening/],
  ])('are refused as %j for %s', async (text, of, status, detail) => {
    const before = await logOf(log.store, `operation-osm-${night}`)
    expect(await write(text, { of })).toMatchObject({ status, detail: expect.stringMatching(detail) })
    expect(await logOf(log.store, `operation-osm-${night}`)).toEqual(before)
  })
})
