import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { listener, liveServer, looked, numbersOf, teller } from '#test/support/live.ts'

const clock = new VirtualClock(epochMsOf('2026-11-21T02:00:00.000Z'))
let log: FreshEventStore
let live: Awaited<ReturnType<typeof liveServer>>

beforeAll(async () => {
  log = await freshEventStore()
  await teller(log.store, 'before')(looked('dome', -1))
  live = await liveServer({ store: log.store, clock })
})

afterAll(async () => {
  await live.stop()
  await log[Symbol.asyncDispose]()
})

const majordome = { kind: 'agent', id: 'majordome' } as const
const activated = { type: 'AgentActivated', data: { agent: 'majordome' }, actor: majordome }
const terminated = {
  type: 'AgentTerminated',
  data: { agent: 'majordome', host: 'h' },
  actor: majordome,
}
const linkLost = {
  type: 'DeviceLinkLost',
  data: { device: 'dome', address: '127.0.0.1:1', phase: 'connect', detail: 'nobody listens' },
  actor: { kind: 'agent', id: 'dome-agent' },
} as const

const refusal = async (query: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${live.url}/api/live?${query}`, { headers })
  return { status: answer.status, ...((await answer.json()) as { code: string; detail: string }) }
}

describe('GET /api/live', () => {
  it('S1 S2 gives an event of a sender once, with its sender, name and data, and not another sender’s of that name', async () => {
    const tell = teller(log.store, 's1')
    using dome = listener({
      url: live.url,
      subscriptions: [{ sender: 'dome', event: 'DeviceStatusRecorded' }],
    })
    await dome.until(({ connected }) => connected.length === 1)
    await tell(looked('telescope', 1))
    await tell(looked('dome', 2))
    const position = await tell(looked('dome', 3))
    await dome.until(({ events }) => events.length >= 2)
    expect(numbersOf(dome.events)).toEqual([2, 3])
    expect(dome.events[1]).toMatchObject({
      specversion: '1.0',
      source: '/agents/dome',
      sender: 'dome',
      type: 'DeviceStatusRecorded',
      subject: 's1-2',
      position,
      actor: 'agent:dome-agent',
      night: '2026-11-20',
      data: { device: 'dome', status: { number: 3 }, faults: [] },
    })
  })

  it('S3 S4 S5 gives all of a sender, all there is, or a channel from every sender that declares it', async () => {
    const tell = teller(log.store, 's3')
    using all = listener({ url: live.url })
    using sender = listener({ url: live.url, subscriptions: [{ sender: 'dome' }] })
    using channel = listener({ url: live.url, subscriptions: [{ event: '#link' }] })
    using ofOne = listener({ url: live.url, subscriptions: [{ sender: 'telescope', event: '#link' }] })
    for (const each of [all, sender, channel, ofOne])
      await each.until(({ connected }) => connected.length > 0)
    await tell(linkLost)
    await tell(looked('telescope', 1))
    await tell({
      ...linkLost,
      data: { ...linkLost.data, device: 'telescope' },
      actor: { kind: 'agent', id: 'telescope-agent' },
    })
    await tell(looked('dome', 2))
    const typesOf = ({ events }: typeof all) =>
      events.filter(({ position }) => position).map((event) => `${event.sender} ${event.type}`)
    await all.until(() => typesOf(all).length >= 4)
    await sender.until(({ events }) => events.length >= 2)
    await channel.until(({ events }) => events.length >= 2)
    await ofOne.until(({ events }) => events.length >= 1)
    expect(typesOf(all)).toEqual([
      'dome DeviceLinkLost',
      'telescope DeviceStatusRecorded',
      'telescope DeviceLinkLost',
      'dome DeviceStatusRecorded',
    ])
    expect(typesOf(sender)).toEqual(['dome DeviceLinkLost', 'dome DeviceStatusRecorded'])
    expect(typesOf(channel)).toEqual(['dome DeviceLinkLost', 'telescope DeviceLinkLost'])
    expect(typesOf(ofOne)).toEqual(['telescope DeviceLinkLost'])
    expect(channel.events[0]).toMatchObject({ channels: '#link' })
  })

  it.each([
    ['S6', 'event=DeviceStatusRecorded', 'CHANNEL_PREFIX_REQUIRED', /name its sender, or one of #connect/],
    ['S6', 'event=%23storm', 'CHANNEL_UNKNOWN', /no channel #storm; there are #connect/],
    [
      'S7',
      'sender=dome&event=NightOpened',
      'EVENT_UNDECLARED',
      /dome does not declare NightOpened; it declares #link/,
    ],
    ['S7', 'subscribe=dom:', 'SENDER_UNKNOWN', /no sender dom; there are environment-monitor, majordome/],
    ['S7', 'subscribe=dome', 'EVENT_UNDECLARED', /a subscription is sender:event/],
    ['W', 'model=wheather', 'projection_unknown', /no read model wheather; there are weatherwatch/],
    ['W', 'since=12', 'invalid_request', /a position is commit\/prepare/],
    ['W', 'since=999999999/999999999', 'position_unknown', /The log ends at \d+\/\d+, before 999999999/],
    ['W', 'sendr=dome', 'invalid_request', /sendr/],
  ])('%s refuses %s and says what would be right', async (_, query, code, detail) => {
    expect(await refusal(query)).toMatchObject({ status: 400, code, detail: expect.stringMatching(detail) })
  })

  it('S8 S9 S20 says who is there and who is gone: clients, and agents before anybody knew them', async () => {
    const tell = teller(log.store, 's8')
    using watching = listener({
      url: live.url,
      subscriptions: [{ event: '#connect' }, { event: '#disconnect' }],
    })
    using agent = listener({ url: live.url, subscriptions: [{ sender: 'majordome' }] })
    for (const each of [watching, agent]) await each.until(({ connected }) => connected.length > 0)
    const before = watching.events.length
    {
      using _ = listener({ url: live.url, subscriptions: [{ sender: 'timer' }] })
      await watching.until(({ events }) => events.length === before + 1)
    }
    await watching.until(({ events }) => events.length === before + 2)
    await tell(activated)
    await tell(terminated)
    await watching.until(({ events }) => events.length === before + 4)
    const [connected, gone, atWork, ended] = watching.events.slice(before)
    expect(connected).toMatchObject({ type: '#connect', sender: expect.stringMatching(/^client-/) })
    expect(connected).not.toHaveProperty('position')
    expect(gone).toMatchObject({ type: '#disconnect', sender: connected?.sender })
    expect(atWork).toMatchObject({ type: 'AgentActivated', sender: 'majordome', channels: '#connect' })
    expect(ended).toMatchObject({ type: 'AgentTerminated', channels: '#disconnect' })
    await agent.until(({ events }) => events.length === 2)
  })

  it('S11 sends a client nothing at all of what it did not ask for', async () => {
    const tell = teller(log.store, 's11')
    const gone = new AbortController()
    const answer = await fetch(`${live.url}/api/live?sender=dome&event=DeviceStatusRecorded`, {
      signal: gone.signal,
    })
    using other = listener({ url: live.url, subscriptions: [{ sender: 'telescope' }] })
    await other.until(({ connected }) => connected.length > 0)
    for (let number = 0; number < 20; number++) await tell(looked('telescope', number))
    await other.until(({ events }) => events.length === 20)
    await tell(looked('dome', 7))
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      if (text.includes('"number":7')) break
    }
    gone.abort()
    expect(text.match(/^event: .*/gm)).toEqual(['event: hello', 'event: event'])
    expect(text).not.toContain('telescope')
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
  })

  it('K14 gives only what has a pattern’s text in it', async () => {
    const tell = teller(log.store, 'k14')
    using lost = listener({ url: live.url, pattern: 'Nobody Listens' })
    await lost.until(({ connected }) => connected.length > 0)
    await tell(looked('dome', 1))
    await tell(linkLost)
    await lost.until(({ events }) => events.length > 0)
    expect(lost.events.map(({ type }) => type)).toEqual(['DeviceLinkLost'])
  })

  it('S19 ticks every five seconds by the clock', async () => {
    using ticks = listener({ url: live.url, subscriptions: [{ sender: 'timer', event: 'tick' }] })
    await ticks.until(({ connected }) => connected.length > 0)
    const from = clock.now()
    await clock.advanceBy(15_000)
    await ticks.until(({ events }) => events.length >= 3)
    const times = ticks.events.map(({ time }) => epochMsOf(time))
    expect(times.map((at) => at % 5_000)).toEqual(times.map(() => from % 5_000))
    expect(new Set(times).size).toBe(3)
  })
})
