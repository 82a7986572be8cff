import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import { seeded } from '#domain/planning/search/random.ts'
import { scheduleStream } from '#domain/planning/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf, instantOf } from '#domain/shared/time.ts'
import { freshEventStore } from '../support/event-store.ts'
import { type Happening, planningLog, streamOf } from '../support/planning-log.ts'
import { startRunningPlanner } from '../support/running-planner.ts'
import { requestGiven } from '../support/submitted-requests.ts'
import type { Bench } from './bench.ts'
import { median, percentile, rounded } from './statistics.ts'

const evening = '2026-12-13T03:00:00.000Z'
const night = '2026-12-12'
const perRequest = 10

const submissions = (candidates: number): Happening[] => {
  const random = seeded(candidates)
  return Array.from({ length: candidates / perRequest }, (_, r) => ({
    type: 'RequestSubmitted' as const,
    data: requestGiven(`r${r}`, {
      userId: `u${r % 20}`,
      sequences: Array.from({ length: perRequest }, () => ({
        raDeg: 360 * random(),
        decDeg: 80 * random() - 20,
        durationS: Math.round(120 * 10 ** (1.4 * random())),
        priority: 1 + Math.floor(100 * random()),
      })),
    }),
    stream: `request-r${r}`,
    at: evening,
  }))
}

const alertAt = (n: number, at: string): Happening => ({
  type: 'RequestSubmitted',
  data: requestGiven(`grb${n}`, {
    alert: { triggerId: `grb${n}`, level: 1 },
    sequences: [{ raDeg: (n * 13 + 20) % 120, decDeg: 45, durationS: 300, priority: 1, tier: 'alert' }],
  }),
  stream: `request-grb${n}`,
  at,
})

/** What an observer would have on record by an instant: the plan, carried out. */
const carriedOut = (newest: Recorded<SchedulePublished>, at: string): Happening[] =>
  newest.data.placed
    .filter(({ startsAt, kind }) => startsAt <= at && kind !== 'fixed')
    .flatMap(({ sequenceId, requestId, startsAt, endsAt }): Happening[] => {
      const stream = `observation-${sequenceId}-1`
      const about = { sequenceId, requestId, attempt: 1 }
      const started = {
        type: 'ObservationStarted' as const,
        data: {
          ...about,
          scheduleVersion: newest.data.scheduleVersion,
          endsExpectedAt: endsAt,
          imagesExpected: 1,
        },
        stream,
        at: startsAt,
      }
      const finished = {
        type: 'ObservationFinished' as const,
        data: { ...about, imagesTaken: 1, imagesExpected: 1, openShutterS: 1 },
        stream,
        at: endsAt,
      }
      return endsAt <= at ? [started, finished] : [started]
    })

/** Milliseconds from an alert's acknowledgement by the log to that of the plan with it, one alert after another. */
export const alertToPlanMs = async ({
  candidates,
  alerts,
}: {
  readonly candidates: number
  readonly alerts: number
}): Promise<{ readonly ms: number[]; readonly inserted: number }> => {
  await using log = await freshEventStore()
  const world = planningLog(log.store)
  const clock = new VirtualClock(epochMsOf(evening))
  const stream = scheduleStream('osm', night)
  const schedule = async () =>
    (await streamOf(log.store, stream)).filter(
      (event): event is Recorded<SchedulePublished> => event.type === 'SchedulePublished',
    )
  await world.happens(...submissions(candidates))
  await using planner = startRunningPlanner({ store: log.store, clock })
  await planner.quiet()
  const ms: number[] = []
  for (let n = 0; n < alerts; n++) {
    await clock.advanceBy(420_000)
    const at = instantOf(clock.now())
    const newest = (await schedule()).at(-1)
    if (newest) await world.happens(...carriedOut(newest, at))
    await planner.quiet()
    const before = planner.said.length
    await world.happens(alertAt(n, at))
    const began = performance.now()
    await planner.published(before)
    ms.push(performance.now() - began)
    await planner.quiet()
  }
  const versions = await schedule()
  return { ms, inserted: versions.filter(({ data }) => data.method === 'alert-inserted').length }
}

/** The planner's part of the way from a notice to the telescope. */
export const alertPlan: Bench = {
  name: 'alert-plan',
  about: 'an alert among 1,000 candidates, from the log to the plan in the log',
  run: async ({ quick }) => {
    const { ms, inserted } = await alertToPlanMs({ candidates: 1000, alerts: quick ? 10 : 40 })
    // The first is the compiler's.
    const counted = ms.slice(1)
    const figures = {
      p50ms: rounded(median(counted)),
      p99ms: rounded(percentile(counted, 0.99)),
      alerts: counted.length,
      inserted,
    }
    console.table(figures)
    return figures
  },
}
