import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { LocalSender } from '#api/live/router.ts'
import type { Subscription } from '#domain/live/subscription.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { liveServer } from '#test/support/live.ts'
import { type Carrier, client, memory, serverSentEvents } from './carriers.ts'

const clock = new VirtualClock(epochMsOf('2026-11-21T02:00:00.000Z'))
let log: FreshEventStore
let live: Awaited<ReturnType<typeof liveServer>>

beforeAll(async () => {
  log = await freshEventStore()
  live = await liveServer({ store: log.store, clock })
})
afterAll(async () => {
  await live.stop()
  await log[Symbol.asyncDispose]()
})

const status = 'DeviceStatusRecorded'
const of = (sender: string | null, event: string | null): Subscription => ({ sender, event })
const sender = (name: string, more: Partial<LocalSender> = {}): LocalSender => ({
  sender: name,
  events: { [status]: z.number().nullable(), '#link': z.string() },
  ...more,
})

const carriers: readonly (readonly [string, () => Carrier])[] = [
  ['memory', () => memory(clock)],
  ['server-sent events', () => serverSentEvents(live)],
  ['the client', () => client(live)],
]

describe.each(carriers)('S17 S18 over %s', (_, make) => {
  /** Two senders, who leave with the test. */
  const begun = () => {
    const carrier = make()
    const plc = carrier.router.register(sender('plc'))
    const dome = carrier.router.register(sender('dome'))
    const leave = () => {
      plc.leave()
      dome.leave()
    }
    return { ...carrier, plc, dome, [Symbol.dispose]: leave }
  }
  const short = ({ sender: from, type, data }: { sender: string; type: string; data: unknown }) => [
    from,
    type,
    data,
  ]

  it('S1 S2 an event comes once, from the sender that was asked for, with data that may be null', async () => {
    using carrier = begun()
    const { heard, until, stop } = await carrier.listen([of('plc', status)])
    carrier.dome.fire(status, 1)
    carrier.plc.fire('#link', 'lost')
    carrier.plc.fire(status, null)
    carrier.plc.fire(status, 2)
    await until(2)
    expect(heard.map(short)).toEqual([
      ['plc', status, null],
      ['plc', status, 2],
    ])
    stop()
  })

  it('S3 S5 all of a sender; a channel from every sender that declares it, or from one', async () => {
    using carrier = begun()
    const ofPlc = await carrier.listen([of('plc', null)])
    const links = await carrier.listen([of(null, '#link')])
    const linkOfDome = await carrier.listen([of('dome', '#link')])
    carrier.plc.fire(status, 1)
    carrier.plc.fire('#link', 'lost')
    carrier.dome.fire('#link', 'lost')
    await ofPlc.until(2)
    await links.until(2)
    await linkOfDome.until(1)
    expect(ofPlc.heard.map(({ type }) => type)).toEqual([status, '#link'])
    expect(links.heard.map((one) => one.sender)).toEqual(['plc', 'dome'])
    expect(linkOfDome.heard.map((one) => one.sender)).toEqual(['dome'])
    for (const { stop } of [ofPlc, links, linkOfDome]) stop()
  })

  it('S4 S8 S9 S20 everything, with who comes and goes, from senders that were not there before', async () => {
    using carrier = begun()
    const all = await carrier.listen([of(null, null)])
    const telescope = await carrier.listen([of('telescope', null)])
    const registered = carrier.router.register(sender('telescope'))
    registered.fire(status, 7)
    registered.leave()
    await telescope.until(3)
    expect(telescope.heard.map(({ type }) => type)).toEqual(['#connect', status, '#disconnect'])
    const ofTelescope = () => all.heard.filter((one) => one.sender === 'telescope')
    await expect.poll(() => ofTelescope().length).toBe(3)
    expect(ofTelescope().map(short)).toEqual(telescope.heard.map(short))
    for (const { stop } of [all, telescope]) stop()
  })

  it('S6 S7 S10 both sides consent: no undeclared event is said or listened to, and nobody listening is fine', async () => {
    using carrier = begun()
    await expect(carrier.listen([of(null, status)])).rejects.toMatchObject({
      code: 'CHANNEL_PREFIX_REQUIRED',
    })
    await expect(carrier.listen([of('plc', 'NightOpened')])).rejects.toMatchObject({
      code: 'EVENT_UNDECLARED',
    })
    expect(() => carrier.plc.fire('storm', 1)).toThrow(
      'plc does not declare storm; it declares DeviceStatusRecorded, #link',
    )
    expect(() => carrier.plc.fire(status, 'no number')).toThrow(/DeviceStatusRecorded is not so/)
    carrier.plc.fire(status, 1)
  })

  it('S12 S13 S14 a request is answered to the asker alone, by its handler or the default; and not at all otherwise', async () => {
    using carrier = begun()
    const all = await carrier.listen([of('telescope', null)])
    const telescope = carrier.router.register(
      sender('telescope', {
        requests: { get_ticks: (params) => ({ ticks: 3, params }) },
        otherwise: () => 'default',
      }),
    )
    expect(await carrier.request('telescope', 'get_ticks', { since: 1 })).toEqual({
      ticks: 3,
      params: { since: 1 },
    })
    expect(await carrier.request('telescope', 'anything')).toBe('default')
    await expect(carrier.request('plc', 'anything')).rejects.toMatchObject({ code: 'NO_SUCH_REQUEST' })
    telescope.leave()
    await expect(carrier.request('telescope', 'get_ticks')).rejects.toMatchObject({
      code: 'SENDER_NOT_CONNECTED',
    })
    await all.until(2)
    expect(all.heard.map(({ type }) => type)).toEqual(['#connect', '#disconnect'])
    all.stop()
  })

  it('K8 a listener that fails breaks nothing for the others', async () => {
    using carrier = begun()
    const fail = () => {
      throw new Error('a listener’s own fault')
    }
    const stop = carrier.router.listen({ wants: [of('plc', null)], hear: fail })
    const other = await carrier.listen([of('plc', null)])
    carrier.plc.fire(status, 1)
    await other.until(1)
    for (const each of [stop, other.stop]) each()
  })

  it('S14 a handler that takes too long is a TIMEOUT, and is told so', async () => {
    using carrier = begun()
    const asked = Promise.withResolvers<AbortSignal>()
    const telescope = carrier.router.register(
      sender('telescope', {
        otherwise: (_params, signal) => {
          asked.resolve(signal)
          return new Promise(() => {})
        },
      }),
    )
    const answer = carrier.request('telescope', 'think', {}, 5)
    const told = expect(answer).rejects.toMatchObject({ code: 'TIMEOUT' })
    const signal = await asked.promise
    await clock.advanceBy(5_000)
    await told
    expect(signal.aborted).toBe(true)
    telescope.leave()
  })
})
