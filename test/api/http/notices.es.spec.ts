import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { payloadFolder } from '#adapters/payload-folder.ts'
import { readNotice } from '#adapters/read-notice.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { noticeRoutes } from '#api/http/notices.ts'
import { useProblems } from '#api/http/problem.ts'
import { makeReceiveNotice } from '#commands/alerts/receive-notice.ts'
import { noticeStream } from '#domain/alerts/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { type NoticeKind, noticeXml } from '#simulators/alert-notice.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'

const answerSchema = z.object({
  id: z.string().default(''),
  outcome: z.string().optional(),
  detail: z.string().nullable().default(null),
  status: z.int().optional(),
  code: z.string().optional(),
})

const stack = new AsyncDisposableStack()
const at = Date.UTC(2026, 10, 21, 4)
let log: FreshEventStore
let url: string

beforeAll(async () => {
  log = stack.use(await freshEventStore())
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-payloads-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const app = fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  useProblems(app)
  const payloads = payloadFolder(folder)
  const sink = makeReceiveNotice({ store: log.store, read: readNotice, payloads, site: sanPedroMartir })
  await app.register(noticeRoutes, { sink, clock: new VirtualClock(at) })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
  stack.defer(() => app.close())
})
afterAll(() => stack.disposeAsync())

const xml = (kind: NoticeKind, trigger: string, raDeg = 10) =>
  noticeXml({ kind, trigger, raDeg, decDeg: 5, errorRadiusDeg: 0.05, eventAt: at, issuedAt: at, serial: 1 })

const post = async (body: string | Uint8Array<ArrayBuffer>, type = 'application/xml') => {
  const answer = await fetch(`${url}/api/alerts/notices`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  })
  return {
    status: answer.status,
    location: answer.headers.get('location'),
    body: answerSchema.parse(await answer.json()),
  }
}

describe('POST /api/alerts/notices', () => {
  it('answers 202 with the id of the event that keeps the notice, which is in the log by then', async () => {
    const { status, body, location } = await post(xml('swift-bat', '1'))
    expect([status, body.outcome, body.detail]).toEqual([202, 'recorded', null])
    expect(location).toBe(`/api/events/${body.id}`)
    const stream = noticeStream('ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_1-1')
    const events: Recorded[] = []
    for await (const event of log.store.readBackwards(stream)) events.push(event)
    const received = events.find(({ id }) => id === body.id)
    expect(received).toMatchObject({
      type: 'NoticeReceived',
      data: {
        payload: { kept: 'text', text: xml('swift-bat', '1') },
        source: { kind: 'api', address: '127.0.0.1' },
      },
    })
  })

  it('the same again is the same event; another content under that name is a conflict', async () => {
    const first = await post(xml('swift-bat', '2'))
    const again = await post(xml('swift-bat', '2'))
    expect(again.body).toMatchObject({ id: first.body.id, outcome: 'duplicate' })
    expect((await post(xml('swift-bat', '2', 11))).body.outcome).toBe('conflict')
  })

  it('keeps what it cannot read, and says why', async () => {
    const { status, body } = await post('<VOEvent ivorn="cut')
    expect([status, body.outcome]).toEqual([202, 'quarantined'])
    expect(body.detail).toMatch(/\w+ \w+/)
  })

  it('takes JSON byte for byte', async () => {
    const { status, body } = await post('{"not": "a notice"', 'application/json; charset=utf-8')
    expect([status, body.outcome]).toEqual([202, 'quarantined'])
  })

  it.each([
    ['', 'application/xml', 400, 'notice_empty'],
    ['<VOEvent/>', 'text/plain', 415, 'media_type_unknown'],
    ['x'.repeat(4 * 1024 * 1024 + 1), 'text/xml', 413, 'notice_too_large'],
  ])('%.10s as %s is refused with %d %s', async (sent, type, status, code) => {
    const answer = await post(sent, type)
    expect([answer.status, answer.body.status, answer.body.code]).toEqual([status, status, code])
  })
})
