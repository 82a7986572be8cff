import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import { scheduleStream } from '#domain/planning/streams.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { type Happening, planningLog, streamOf } from '#test/support/planning-log.ts'
import { startRunningPlanner } from '#test/support/running-planner.ts'
import { requestGiven } from '#test/support/submitted-requests.ts'

const at = '2026-11-20T23:00:00.000Z'
const stream = scheduleStream('osm', '2026-11-20')

type Log = EventStore & EventFeed
type Kill = 'before' | 'after'

const submitted = (requestId: string, raDeg: number, decDeg = 31) => ({
  type: 'RequestSubmitted' as const,
  data: requestGiven(requestId, { sequences: [{ raDeg, decDeg }] }),
  stream: `request-${requestId}`,
  at,
})
const stages: Happening[][] = [
  [submitted('m31', 60), submitted('south', 60, -80)],
  [submitted('m45', 80)],
  [
    {
      type: 'RequestWithdrawn',
      data: { requestId: 'm31', sequenceIds: ['m31.1'], why: 'no longer wanted' },
      stream: 'request-m31',
      at,
    },
  ],
]

/** A planner that is replaced by a new one where it dies: once at each append, before it or before its acknowledgement. */
const mortalPlanner = (store: Log, clock: VirtualClock, kill: Kill | null) => {
  let [tries, appends] = [0, 0]
  let current: ReturnType<typeof startRunningPlanner>
  const mortal: Log = {
    ...store,
    append: async (...append) => {
      tries += 1
      if (kill === 'before' && tries % 2 === 1) die()
      const appended = await store.append(...append)
      appends += 1
      if (kill === 'after') die()
      return appended
    },
  }
  const die = () => {
    current.kill()
    dead.push(current)
    current = startRunningPlanner({ store: mortal, clock })
    throw new Error('killed')
  }
  const dead: (typeof current)[] = []
  current = startRunningPlanner({ store: mortal, clock })
  return {
    appends: () => appends,
    deaths: () => dead.length,
    [Symbol.asyncDispose]: async () => {
      for (const planner of [...dead, current]) await planner.stop()
    },
  }
}

const explained = async (store: Log, version: number) => {
  const stopping = new AbortController()
  for await (const { events } of store.follow(['ScheduleExplained'], null, stopping.signal))
    for (const { data } of events)
      if (JSON.stringify(data).includes(`"scheduleVersion":${version},`)) return stopping.abort()
}

/** What a planner leaves in the log when all this happens, and how many appends that took. */
const logAfter = async (kill: Kill | null) => {
  await using log = await freshEventStore()
  const world = planningLog(log.store)
  const clock = new VirtualClock(epochMsOf(at))
  await world.happens(...(stages[0] ?? []))
  await using planner = mortalPlanner(log.store, clock, kill)
  await explained(log.store, 1)
  await world.happens(...(stages[1] ?? []))
  await explained(log.store, 2)
  await world.happens(...(stages[2] ?? []))
  await explained(log.store, 3)
  const events = await streamOf(log.store, stream)
  return {
    events: events.map(({ type, data, metadata }) => ({ type, data, occurredAt: metadata.occurredAt })),
    appends: planner.appends(),
    deaths: planner.deaths(),
  }
}

/** Asks are known by the ids that a test's world gives them, and these count on. */
const withoutIds = (events: Awaited<ReturnType<typeof logAfter>>['events']) =>
  JSON.parse(JSON.stringify(events).replaceAll(/"eventId":"[^"]+"/g, '"eventId":""'))

const wholeLog = logAfter(null)

describe('a planner that is killed', () => {
  it('would have made a plan at each stage, and written the reasons', async () => {
    const whole = await wholeLog
    expect(whole.events.map(({ type }) => type)).toEqual(
      [1, 2, 3].flatMap(() => ['SchedulePublished', 'ScheduleExplained']),
    )
    expect(whole.appends).toBe(6)
  })

  it.each(['before', 'after'] as const)('leaves the same log when it dies %s each append', async (kill) => {
    const { events, deaths } = await logAfter(kill)
    expect(deaths).toBe(6)
    expect(withoutIds(events)).toEqual(withoutIds((await wholeLog).events))
  })
})
