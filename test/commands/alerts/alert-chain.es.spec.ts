import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticeStream } from '#domain/alerts/streams.ts'
import { startAlertChain } from '#test/support/alert-chain.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { logOf } from '#test/support/log-of.ts'

const stack = new AsyncDisposableStack()
let log: FreshEventStore
let chain: Awaited<ReturnType<typeof startAlertChain>>

beforeAll(async () => {
  log = stack.use(await freshEventStore())
  chain = stack.use(await startAlertChain(log.store, '2026-11-21T04:00:35.000Z'))
})
afterAll(() => stack.disposeAsync())

const types = async (stream: string) => (await logOf(log.store, stream)).map(({ type }) => type)
const request = 'request-alert-swift-1300001'

describe('from a notice to a request', () => {
  it('P32 a notice is kept, read, judged, and asks for the telescope', async () => {
    const receipt = await chain.send('swift-bat.xml')
    expect(receipt.outcome).toBe('recorded')
    const submitted = await chain.event('RequestSubmitted')
    expect(submitted.stream).toBe(request)
    expect(submitted.data).toMatchObject({
      requestId: 'alert-swift-1300001',
      source: 'alert',
      alert: { triggerId: 'swift-1300001', level: 1 },
      sequences: [{ tier: 'alert', priority: 1, target: { raDeg: 50.1, decDeg: 30.2 } }],
    })
    expect(submitted.metadata.correlationId).toBe(
      (await logOf(log.store, noticeStream(receipt.name)))[0]?.metadata.correlationId,
    )
    expect(await types('trigger-swift-1300001')).toEqual([
      'TriggerOpened',
      'TriggerJudged',
      'AlertRequestMade',
    ])
  })

  it('P33 the same notice again is the same event, and asks for nothing', async () => {
    const before = await types('trigger-swift-1300001')
    const receipt = await chain.send('swift-bat.xml')
    expect(receipt.outcome).toBe('duplicate')
    expect(await types(noticeStream(receipt.name))).toEqual(['NoticeReceived', 'NoticeRead'])
    expect(await types('trigger-swift-1300001')).toEqual(before)
  })

  it('a better place revises the request', async () => {
    chain.clock.set('2026-11-21T04:02:15.000Z')
    await chain.send('swift-slew.xml')
    await chain.send('swift-xrt.xml')
    const revised = await chain.event('RequestRevised')
    expect(revised.data).toMatchObject({
      submitted: true,
      sequences: [{ target: { raDeg: 50.1125, decDeg: 30.205 } }],
    })
  })

  it('another mission that saw the same is noted', async () => {
    await chain.send('ep-wxt.json')
    const noted = await chain.event('TriggersCoincided')
    expect(noted.data).toMatchObject({
      trigger: 'ep-01709400001',
      other: { trigger: 'swift-1300001' },
    })
  })

  it('a retraction withdraws what was asked for', async () => {
    chain.clock.set('2026-11-21T04:30:05.000Z')
    await chain.send('swift-not-a-burst.xml')
    const withdrawn = await chain.event('RequestWithdrawn')
    expect(withdrawn.stream).toBe(request)
    expect(await types(request)).toEqual(['RequestSubmitted', 'RequestRevised', 'RequestWithdrawn'])
  })

  it('an author whom nobody listed opens no trigger', async () => {
    const { notice } = await chain.send('unlisted-author.xml')
    // What is read later is handled later: once this one has its trigger, the other never will.
    await chain.send('lvk-mock.xml')
    await chain.event('TriggerJudged', ({ stream }) => stream === 'trigger-lvk-MS261121c')
    expect(await types(`trigger-${notice?.mission}-1300001`)).toEqual([])
  })

  it('a test is kept and judged, and not acted upon', async () => {
    await chain.send('swift-test.xml')
    const judged = await chain.event('TriggerJudged', ({ stream }) => stream === 'trigger-swift-99999')
    expect(judged.data).toMatchObject({ outcome: 'ignore' })
    expect(await types('trigger-swift-99999')).toEqual(['TriggerOpened', 'TriggerJudged'])
  })

  it('P35 a drill goes the real way, and all of it is marked as simulated', async () => {
    chain.clock.set('2026-11-21T04:00:35.000Z')
    await chain.receive({
      raw: (await import('#adapters/voevent/drill-notice.ts')).drillNotice({
        id: 'drill-1',
        raDeg: 50,
        decDeg: 30,
        errorDeg: 0.05,
        eventAt: '2026-11-21T04:00:30.000Z',
        issuedAt: '2026-11-21T04:00:31.000Z',
      }),
      source: { kind: 'api', address: '127.0.0.1' },
      receivedAt: '2026-11-21T04:00:35.000Z',
      simulated: true,
    })
    const submitted = await chain.event('RequestSubmitted', ({ stream }) => stream.includes('drill'))
    expect(submitted.metadata.simulated).toBe(true)
    expect(submitted.data).toMatchObject({ source: 'fake' })
    const trail = await logOf(log.store, 'trigger-drill-drill-1')
    expect(trail.every(({ metadata }) => metadata.simulated === true)).toBe(true)
  })
})
