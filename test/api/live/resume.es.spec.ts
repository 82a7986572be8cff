import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { usualLimits } from '#api/live/client-line.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { listener, liveServer, looked, numbersOf, teller } from '#test/support/live.ts'

const clock = new VirtualClock(epochMsOf('2026-11-21T02:00:00.000Z'))
let log: FreshEventStore

beforeAll(async () => {
  log = await freshEventStore()
})
afterAll(() => log[Symbol.asyncDispose]())

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)
const dome = [{ sender: 'dome', event: 'DeviceStatusRecorded' }]

/** A fetch whose answers can be torn off, as a network would. */
const tearable = () => {
  const open = new Set<AbortController>()
  const torn: typeof globalThis.fetch = (input, init) => {
    const cut = new AbortController()
    open.add(cut)
    return globalThis.fetch(input, {
      ...init,
      signal: AbortSignal.any([cut.signal, ...(init?.signal ? [init.signal] : [])]),
    })
  }
  const tear = () => {
    for (const cut of open) cut.abort(new Error('torn'))
    open.clear()
  }
  return { fetch: torn, tear }
}

describe('a live client that comes back', () => {
  it('S15 S16 has every event once, in order, however often its line is torn', async () => {
    await using live = await liveServer({ store: log.store, clock })
    const tell = teller(log.store, 'torn')
    const { fetch, tear } = tearable()
    using client = listener({ url: live.url, subscriptions: dome, fetch })
    await client.until(({ connected }) => connected.length === 1)
    for (const number of numbers(0, 100)) {
      if (number % 10 === 3) tear()
      await tell(looked(number % 3 === 0 ? 'telescope' : 'dome', number))
      if (number % 20 === 5) await client.until(({ connected, lost }) => connected.length > lost.length)
    }
    const wanted = numbers(0, 100).filter((number) => number % 3 !== 0)
    await client.until(({ events }) => events.length >= wanted.length)
    expect(numbersOf(client.events)).toEqual(wanted)
    expect(client.lost.length).toBeGreaterThan(3)
    expect(client.lost.every(({ final }) => !final)).toBe(true)
  })

  it('S15 S16 outlives its server: it says that it is not connected, throws nothing, and goes on where it was', async () => {
    const tell = teller(log.store, 'restart')
    const first = await liveServer({ store: log.store, clock })
    using client = listener({ url: first.url, subscriptions: dome })
    await client.until(({ connected }) => connected.length === 1)
    await tell(looked('dome', 1))
    await client.until(({ events }) => events.length === 1)
    await first.stop()
    await client.until(({ lost }) => lost.length > 0)
    expect(client.client.isConnected()).toBe(false)
    await expect(client.client.request('timer', 'get_ticks')).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
    await tell(looked('dome', 2))
    await tell(looked('dome', 3))
    await using _ = await liveServer({ store: log.store, clock, port: first.port })
    await client.until(({ events }) => events.length === 3)
    expect(client.client.isConnected()).toBe(true)
    await tell(looked('dome', 4))
    await client.until(({ events }) => events.length === 4)
    expect(numbersOf(client.events)).toEqual([1, 2, 3, 4])
  })

  it('S15 tries once and no more when it is told so', async () => {
    using client = listener({ url: 'http://127.0.0.1:1', autoReconnect: false })
    await client.until(({ lost }) => lost.length === 1)
    expect(client.lost[0]).toMatchObject({ final: true })
  })

  it('resumes from long ago, from the log and then from its head, while more comes', async () => {
    const tell = teller(log.store, 'past')
    const since = await tell(looked('dome', 0))
    await tell(...numbers(1, 300).map((number) => looked('dome', number)))
    await using live = await liveServer({ store: log.store, clock, kept: 10 })
    using browser = listener({ url: live.url, since, subscriptions: dome })
    using everything = listener({ url: live.url, since })
    for (const number of numbers(300, 340)) await tell(looked('dome', number))
    await browser.until(({ events }) => events.length >= 339)
    await everything.until(({ events }) => numbersOf(events).length >= 339)
    expect(numbersOf(browser.events)).toEqual(numbers(1, 340))
    expect(numbersOf(everything.events)).toEqual(numbers(1, 340))
  })

  it('a browser’s Last-Event-ID wins over the address it asks again with', async () => {
    const tell = teller(log.store, 'browser')
    const since = await tell(looked('dome', 1))
    const seen = await tell(looked('dome', 2))
    await tell(looked('dome', 3))
    await using live = await liveServer({ store: log.store, clock })
    const headers = { 'last-event-id': seen }
    using client = listener({ url: live.url, subscriptions: dome, since, headers })
    await client.until(({ events }) => events.length === 1)
    expect(client.connected[0]?.position).toBe(seen)
    expect(numbersOf(client.events)).toEqual([3])
  })

  it('who hears little is told now and then how far it has come, without a word', async () => {
    const tell = teller(log.store, 'quiet')
    await using live = await liveServer({ store: log.store, clock })
    const answer = await fetch(`${live.url}/api/live?sender=planner`)
    using other = listener({ url: live.url, subscriptions: dome })
    await other.until(({ connected }) => connected.length === 1)
    const position = await tell(looked('dome', 1))
    await other.until(({ events }) => events.length === 1)
    await clock.advanceBy(15_000)
    let heard = ''
    for await (const chunk of answer.body ?? []) {
      heard += new TextDecoder().decode(chunk)
      if (heard.includes(`\n\nid: ${position}\n\n`)) break
    }
    expect(heard.match(/^event: .*/gm)).toEqual(['event: hello'])
  })
})

describe('a live client among others', () => {
  it('K8 that does not read is cut alone, and resumes from the position it is told', async () => {
    const limits = { ...usualLimits, mostBytes: 300_000 }
    await using live = await liveServer({ store: log.store, clock, limits })
    const tell = teller(log.store, 'slow')
    using good = listener({ url: live.url, subscriptions: dome })
    await good.until(({ connected }) => connected.length === 1)
    const stuck = connect(live.port, '127.0.0.1').pause()
    stuck.write('GET /api/live?sender=dome HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    await expect.poll(() => live.hub.figures.clients).toBe(2)
    const filling = 'x'.repeat(100_000)
    let number = 0
    while (live.hub.figures.cut === 0) {
      await tell(looked('dome', number++, { filling }))
      // The others must not be overrun by what is meant for one.
      await good.until(({ events }) => events.length === number)
    }
    await tell(looked('dome', number++))
    await good.until(({ events }) => events.length === number)
    const [head = '', ...blocks] = (await text(stuck)).split('\n\n')
    expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n/)
    const told = blocks.find((block) => block.startsWith('event: slow-consumer')) ?? ''
    const { code, lastPosition } = JSON.parse(told.split('data: ')[1] ?? '{}')
    expect(code).toBe('SLOW_CONSUMER')
    using back = listener({ url: live.url, subscriptions: dome, since: lastPosition })
    const had = blocks.filter((block) => block.includes('event: event')).length
    await back.until(({ events }) => events.length === number - had)
    expect(numbersOf(back.events)).toEqual(numbers(had, number))
    expect(live.hub.figures.cut).toBe(1)
  })

  it('is let in while there is room, and is told when to try again otherwise', async () => {
    await using live = await liveServer({ store: log.store, clock, mostClients: 1 })
    {
      using client = listener({ url: live.url })
      await client.until(({ connected }) => connected.length === 1)
      const answer = await fetch(`${live.url}/api/live`)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(await answer.json()).toMatchObject({ code: 'TOO_MANY_CLIENTS' })
    }
    await expect.poll(() => live.hub.figures.clients).toBe(0)
    using next = listener({ url: live.url })
    await next.until(({ connected }) => connected.length === 1)
  })
})
