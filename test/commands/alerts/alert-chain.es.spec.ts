import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drillNotice } from '#adapters/voevent/drill-notice.ts'
import { separationDeg } from '#domain/alerts/sky.ts'
import { pixelCentre, pixelsOf } from '#domain/alerts/skymap/healpix.ts'
import { noticeStream } from '#domain/alerts/streams.ts'
import { requestContentSchema } from '#domain/requests/events.ts'
import { startAlertChain } from '#test/support/alert-chain.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { logOf } from '#test/support/log-of.ts'
import { folderSource, noticeBytes } from '#test/support/notices.ts'
import { skyMapFits } from '#test/support/sky-map.ts'

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

describe('after an outage', () => {
  it('P33 what came while nobody decided is handled once, and what is done is not done again', async () => {
    await using own = await freshEventStore()
    const at = '2026-11-21T04:00:35.000Z'
    {
      await using first = await startAlertChain(own.store, at)
      await first.send('swift-bat.xml')
      await first.event('RequestSubmitted')
    }
    {
      await using receiver = await startAlertChain(own.store, at, { deciding: false })
      await receiver.send('ep-wxt.json')
      await receiver.send('swift-bat.xml')
    }
    await using second = await startAlertChain(own.store, at)
    await second.event('RequestSubmitted', ({ stream }) => stream === 'request-alert-ep-01709400001')
    const count = async (stream: string) => (await logOf(own.store, stream)).length
    expect(await count(request)).toBe(1)
    expect(await count('request-alert-ep-01709400001')).toBe(1)
    expect(await count('trigger-swift-1300001')).toBe(3)
  })
})

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

  it('a gravitational wave is tiled over the densest part of its sky map', async () => {
    const at = '2026-11-21T06:25:00.000Z'
    await using own = await freshEventStore()
    await using waves = await startAlertChain(own.store, at)
    const up = { raDeg: 41, decDeg: 31 }
    const base = Array.from({ length: pixelsOf(4) }, (_, pixel) => pixel).sort(
      (a, b) => separationDeg(pixelCentre(4, a), up) - separationDeg(pixelCentre(4, b), up),
    )[0]
    // A square degree, and a little everywhere else.
    const dense = Array.from({ length: 64 }, (_, n) => ({
      order: 9,
      pixel: (base ?? 0) * 4 ** 5 + n,
      probability: 0.95 / 64,
    }))
    const faint = Array.from({ length: 12 }, (_, pixel) => ({ order: 0, pixel, probability: 0.05 / 12 }))
    const fits = skyMapFits([...faint, ...dense])
    const json = new TextDecoder()
      .decode(noticeBytes('igwn-initial.json'))
      .replace('"U0lNUExF"', JSON.stringify(fits.toString('base64')))
    const source = folderSource('igwn.json')
    await waves.receive({ raw: new TextEncoder().encode(json), source, receivedAt: at })
    const { data } = await waves.event('RequestSubmitted')
    const { alert, sequences } = requestContentSchema.parse(data)
    expect(alert).toEqual({ triggerId: 'lvk-S261121ab', level: 2 })
    expect(sequences.length).toBeGreaterThan(4)
    const middle = pixelCentre(9, (base ?? 0) * 4 ** 5)
    for (const { target } of sequences)
      expect(separationDeg(target ?? { raDeg: 0, decDeg: -90 }, middle)).toBeLessThan(1.5)
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
      raw: drillNotice({
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
