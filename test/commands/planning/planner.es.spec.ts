import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import { askSchedule } from '#commands/planning/ask-schedule.ts'
import type { ScheduleExplained, SchedulePublished } from '#domain/planning/events.ts'
import { scheduleStream } from '#domain/planning/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { addSeconds, epochMsOf } from '#domain/shared/time.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { planningLog, streamOf } from '#test/support/planning-log.ts'
import { startRunningPlanner } from '#test/support/running-planner.ts'
import { requestGiven } from '#test/support/submitted-requests.ts'

const night = '2026-11-20'
const afternoon = '2026-11-20T23:00:00.000Z'
const evening = '2026-11-21T06:00:00.000Z'

let log: FreshEventStore
let world: ReturnType<typeof planningLog>
let clock: VirtualClock

beforeEach(async () => {
  log = await freshEventStore()
  world = planningLog(log.store)
  clock = new VirtualClock(epochMsOf(afternoon))
})
afterEach(() => log[Symbol.asyncDispose]())

const stream = scheduleStream('osm', night)
const isPublished = (event: Recorded): event is Recorded<SchedulePublished> =>
  event.type === 'SchedulePublished'
const isExplained = (event: Recorded): event is Recorded<ScheduleExplained> =>
  event.type === 'ScheduleExplained'
const published = async () => (await streamOf(log.store, stream)).filter(isPublished)

/** The versions, as soon as the newest is as wanted and explained. */
const publishedUntil = async (wanted: (newest: SchedulePublished['data']) => boolean) => {
  const stopping = new AbortController()
  const versions: Recorded<SchedulePublished>[] = []
  const types = ['SchedulePublished', 'ScheduleExplained']
  for await (const { events } of log.store.follow(types, null, stopping.signal))
    for (const event of events) {
      if (isPublished(event)) versions.push(event)
      const newest = versions.at(-1)
      if (isExplained(event) && event.data.last && newest && wanted(newest.data)) {
        stopping.abort()
        return { versions, newest: newest.data }
      }
    }
  throw new Error('the log ended')
}

const places =
  (...ids: readonly string[]) =>
  ({ placed }: SchedulePublished['data']) =>
    ids.every((id) => placed.some(({ sequenceId }) => sequenceId === id))

type Given = Parameters<typeof requestGiven>[1]
const submitted = (requestId: string, given: Given = {}, at = afternoon) => ({
  type: 'RequestSubmitted' as const,
  data: requestGiven(requestId, given),
  stream: `request-${requestId}`,
  at,
})
const alertGiven = (requestId: string, at: string) =>
  submitted(
    requestId,
    {
      alert: { triggerId: requestId, level: 1 },
      sequences: [{ raDeg: 55, priority: 1, tier: 'alert' as const }],
    },
    at,
  )
const verdict = (state: 'safe' | 'unsafe', at: string, reopenExpectedAt: string | null = null) => ({
  type: 'SafetyVerdictGiven' as const,
  data: {
    state,
    previous: null,
    reasons: [],
    readingIds: [],
    reopenExpectedAt,
  },
  stream: 'environment-osm-2026-11-20',
  at,
})

const start = (store: EventStore & EventFeed = log.store) => startRunningPlanner({ store, clock })
const sky = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ raDeg: 40 + ((i * 17) % 90), decDeg: 10 + (i % 40) }))

describe('the planner', () => {
  it('P29 plans the coming night in the afternoon, at once when something is submitted', async () => {
    await using _ = start()
    await publishedUntil(({ placed }) => placed.length === 0)
    await world.happens(submitted('m31'))
    const { newest } = await publishedUntil(places('m31.1'))
    expect(newest).toMatchObject({
      scheduleVersion: 2,
      asks: [{ why: 'submission' }],
      placed: [{ sequenceId: 'm31.1', requestId: 'm31', kind: 'planned' }],
      changes: { added: [{ sequenceId: 'm31.1' }], dropped: [], moved: [] },
    })
  })

  it('A13 answers a hundred submissions at once with a few plans, the last of which knows them all', async () => {
    await using _ = start()
    await publishedUntil(() => true)
    await Promise.all(
      sky(100).map((sequence, i) => world.happens(submitted(`r${i}`, { sequences: [sequence] }))),
    )
    const all = ({ placed, unplaced }: SchedulePublished['data']) => placed.length + unplaced.length === 100
    const { versions } = await publishedUntil(all)
    expect(versions.length).toBeLessThan(20)
    const asked = versions.flatMap(({ data }) => data.asks.map(({ eventId }) => eventId))
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked).toHaveLength(101)
  })

  it('two at once publish each version once; the loser takes the winner’s plan for its own', async () => {
    await using one = start()
    await using other = start()
    for (let i = 0; i < 6; i++) {
      await world.happens(submitted(`r${i}`, { sequences: [{ raDeg: 60 + 8 * i }] }))
      await publishedUntil(places(`r${i}.1`))
    }
    const versions = (await published()).map(({ data }) => data.scheduleVersion)
    expect(versions).toEqual(versions.map((_, i) => i + 1))
    const wins = [...one.said, ...other.said].filter(({ kind }) => kind === 'published')
    expect(wins.length).toBeGreaterThanOrEqual(versions.length)
    expect([...one.said, ...other.said].filter(({ kind }) => kind === 'failed')).toEqual([])
  })

  it('a withdrawal takes a sequence out again', async () => {
    await using _ = start()
    await world.happens(submitted('m31'), submitted('m45', { sequences: [{ raDeg: 57 }] }))
    await publishedUntil(places('m31.1', 'm45.1'))
    await world.happens({
      type: 'RequestWithdrawn',
      data: { requestId: 'm31', sequenceIds: ['m31.1'], why: 'done elsewhere' },
      stream: 'request-m31',
      at: afternoon,
    })
    const { newest } = await publishedUntil(({ placed }) => placed.length === 1)
    expect(newest.changes?.dropped).toMatchObject([{ sequenceId: 'm31.1', code: null }])
    expect(newest.asks).toMatchObject([{ why: 'withdrawal' }])
  })

  it('answers a person even when nothing changes', async () => {
    await using _ = start()
    await world.happens(submitted('m31'))
    const before = (await publishedUntil(places('m31.1'))).newest
    await askSchedule(log.store, {
      askId: '7f6f1f0e-6f0e-4f4e-9d0a-2f1f0c9b8a11',
      why: 'person',
      detail: 'once more',
      keep: true,
      at: afternoon,
      night,
      site: 'osm',
      actor: { kind: 'user', id: 'galileo' },
    })
    const { newest } = await publishedUntil(({ asks }) => asks.some(({ why }) => why === 'person'))
    expect(newest.scheduleVersion).toBe(before.scheduleVersion + 1)
    expect(newest.changes).toEqual({ added: [], dropped: [], moved: [] })
  })

  it('says why each of those left out is left out, in the log', async () => {
    await using _ = start()
    await world.happens(submitted('south', { sequences: [{ decDeg: -80 }] }))
    const { newest } = await publishedUntil(({ unplaced }) => unplaced.length === 1)
    expect(newest.unplaced).toEqual([{ sequenceId: 'south.1', requestId: 'south', code: 'BELOW_LIMIT' }])
    const pages = (await streamOf(log.store, stream)).filter(isExplained)
    expect(pages.at(-1)?.data.unplaced).toMatchObject([
      {
        sequenceId: 'south.1',
        code: 'BELOW_LIMIT',
        figures: { limitDeg: 30 },
        remedy: 'another observatory: it never rises here',
      },
    ])
  })

  it('keeps to the quotas over all plans', async () => {
    await using _ = start()
    const account = { level: 'user' as const, id: 'galileo', period: '2026B' }
    await world.happens({
      type: 'QuotaGranted',
      data: { account, seconds: 1300, why: 'the semester’s share' },
      stream: 'quota-2026B',
      at: afternoon,
    })
    await world.happens(submitted('a', { sequences: [{}, { raDeg: 75 }] }))
    await publishedUntil(places('a.1', 'a.2'))
    await world.happens({
      type: 'QuotaReserved',
      data: { sequenceId: 'a.1', accounts: [account], seconds: 600, scheduleVersion: 2 },
      stream: 'quota-2026B',
      at: afternoon,
    })
    await world.happens(submitted('b', { sequences: [{ raDeg: 90 }] }))
    const { newest } = await publishedUntil(({ unplaced }) => unplaced.length > 0)
    expect(newest.placed.reduce((sum, { chargeS }) => sum + chargeS, 0)).toBe(1200)
    expect(newest.unplaced).toMatchObject([{ code: 'QUOTA_USER' }])
  })
})

describe('an alert', () => {
  beforeEach(() => {
    clock = new VirtualClock(epochMsOf(evening))
  })

  it('takes the place of what runs, and the plan names both', async () => {
    await using planner = start()
    await world.happens(submitted('survey', { sequences: sky(12) }, evening))
    const { newest: before } = await publishedUntil(places('survey.2'))
    const first = before.placed[0]
    if (!first) throw new Error('nothing was planned')
    await clock.advanceTo(epochMsOf(first.startsAt))
    await world.happens({
      type: 'ObservationStarted',
      data: {
        sequenceId: first.sequenceId,
        requestId: first.requestId,
        attempt: 1,
        scheduleVersion: before.scheduleVersion,
        endsExpectedAt: first.endsAt,
        imagesExpected: 10,
      },
      stream: `observation-${first.sequenceId}-1`,
      at: first.startsAt,
    })
    await clock.advanceBy(60_000)
    const at = addSeconds(first.startsAt, 60)
    await world.happens(alertGiven('grb', at))
    const { newest } = await publishedUntil(({ asks }) => asks.some(({ why }) => why === 'alert'))
    expect(newest.method).toBe('alert-inserted')
    expect(newest.preempted).toEqual([{ sequenceId: first.sequenceId, by: 'grb.1' }])
    const alert = newest.placed.find(({ sequenceId }) => sequenceId === 'grb.1')
    expect(alert?.kind).toBe('alert')
    expect(epochMsOf(alert?.startsAt ?? '') - epochMsOf(at)).toBeLessThanOrEqual(61_000)
    expect(planner.said.filter(({ kind }) => kind === 'failed')).toEqual([])
  })
})

describe('the weather', () => {
  it('closing moves the plan behind the expected reopening, and reopening brings it back', async () => {
    clock = new VirtualClock(epochMsOf(evening))
    await using _ = start()
    await world.happens(submitted('survey', { sequences: sky(12) }, evening))
    const { newest: before } = await publishedUntil(places('survey.2'))
    const reopens = addSeconds(evening, 7200)
    await world.happens(verdict('unsafe', evening, reopens))
    const { newest: closed } = await publishedUntil(({ asks }) => asks.some(({ why }) => why === 'weather'))
    expect(closed.closures).toEqual([{ from: evening, until: reopens, why: expect.any(String) }])
    for (const { startsAt } of closed.placed) expect(startsAt >= reopens).toBe(true)
    await world.happens(verdict('safe', addSeconds(evening, 30)))
    // Half a minute after the last plan for the weather's sake is too soon for the next; after a minute it comes.
    await clock.advanceBy(59_000)
    expect((await published()).at(-1)?.data.scheduleVersion).toBe(closed.scheduleVersion)
    await clock.advanceBy(1_000)
    const { newest: open } = await publishedUntil(({ closures }) => closures?.length === 0)
    expect(open.placed.map(({ sequenceId }) => sequenceId).toSorted()).toEqual(
      before.placed.map(({ sequenceId }) => sequenceId).toSorted(),
    )
  })
})
