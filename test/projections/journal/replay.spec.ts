import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { type ReplayItem, type ReplayOptions, replay } from '#projections/journal/replay.ts'
import { fineWeather, instantAt, reply, weather } from '#test/support/environment.ts'
import { recordedBy } from '#test/support/recorded-by.ts'

async function* asked(events: readonly Recorded[], given: { count: number } = { count: 0 }) {
  for (const event of events) {
    given.count += 1
    yield event
  }
}

/** Plays to the end on a clock of its own; each item with the milliseconds since the start. */
const play = async (events: readonly Recorded[], options: Partial<ReplayOptions> = {}) => {
  const clock = new VirtualClock(0)
  const items: [number, ReplayItem][] = []
  let ended = false
  const playing = (async () => {
    const all = { speed: 60, all: false, clock, idleMs: 15_000, ...options }
    for await (const item of replay(asked(events), all, new AbortController().signal))
      items.push([clock.now(), item])
    ended = true
  })()
  await clock.runUntil(1e9, () => ended)
  await playing
  return items
}

const told = (items: readonly [number, ReplayItem][]) =>
  items.flatMap(([ms, item]) => (item.kind === 'event' ? [[ms, item.played.changes]] : []))

const fine = recordedBy(fineWeather(0, 1300))

describe('a replay', () => {
  it('plays what changes something, in event time, scaled', async () => {
    const items = told(await play(fine))
    // 300, 600 and 1200 s of the night at 60 to 1.
    expect(items.map(([ms]) => ms)).toEqual([0, 5_000, 10_000, 20_000])
    expect(items.at(-1)?.[1]).toEqual(['became safe: every quantity is within its limits'])
  })

  it('plays every event when asked to, in the order of the log', async () => {
    const items = await play(fine, { all: true, speed: 1000 })
    const ids = items.flatMap(([, item]) => (item.kind === 'event' ? [item.played.event.id] : []))
    expect(ids).toEqual(fine.map(({ id }) => id))
  })

  it('begins where it was told to, and says what held there', async () => {
    const items = await play(fine, { at: instantAt(900) })
    const [first] = items
    expect(first).toMatchObject([
      0,
      { kind: 'before', last: { event: { metadata: { occurredAt: instantAt(600) } } } },
    ])
    expect(first?.[1].kind === 'before' && first[1].events).toBe(
      fine.filter(({ metadata }) => metadata.occurredAt < instantAt(900)).length,
    )
    expect(told(items).map(([ms]) => ms)).toEqual([5_000])
  })

  it('says what held last when it begins after everything', async () => {
    const items = await play(fine, { at: instantAt(5000) })
    expect(items).toMatchObject([[0, { kind: 'before', events: fine.length }]])
  })

  it('gives a sign of life through long quiet stretches', async () => {
    const items = await play(fine, { speed: 10 })
    const idle = items.filter(([, { kind }]) => kind === 'idle').map(([ms]) => ms)
    expect(idle).toEqual([15_000, 45_000, 75_000, 90_000, 105_000])
  })

  it('tells of a flag when it comes and when it goes, not at every poll between', async () => {
    const events = recordedBy(
      [3, null, null, 4].map((WindSpeed, i) =>
        reply(i * 2, weather({ WindSpeed }, { at: instantAt(i * 2) })),
      ),
    )
    const flags = told(await play(events)).flatMap(([, changes]) =>
      [changes].flat(2).filter((text) => `${text}`.startsWith('flag')),
    )
    expect(flags).toHaveLength(2)
    expect(flags[1]).toMatch(/^flag .* VantagePro\/WindSpeed is gone$/)
  })

  it('takes one event at a time, and no more once it is stopped', async () => {
    const clock = new VirtualClock(epochMsOf(instantAt(0)))
    const given = { count: 0 }
    const stopping = new AbortController()
    const items = replay(asked(fine, given), { speed: 1, all: true, clock, idleMs: 15_000 }, stopping.signal)[
      Symbol.asyncIterator
    ]()
    await items.next()
    expect(given.count).toBe(1)
    // The first poll has four events at one time; the next poll is two seconds away.
    for (let i = 0; i < 3; i++) await items.next()
    const next = items.next()
    await clock.advanceBy(1_000)
    expect(clock.pending()).toBe(1)
    stopping.abort()
    expect(await next).toEqual({ done: true, value: undefined })
    expect(given.count).toBe(5)
    expect(clock.pending()).toBe(0)
  })
})
