import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '#adapters/clock.ts'
import { VtpPublisher } from '#adapters/vtp/broker.ts'
import { defaultStrategies } from '#domain/alerts/default-strategies.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { Site } from '#domain/shared/site.ts'
import { noticeXml } from '#simulators/alert-notice.ts'
import { raEastOfMeridian, siteAtMidnight } from '../support/night-now.ts'
import { askFor } from './alerts/candidates.ts'
import { listen } from './alerts/heard.ts'
import { type RunningObservatory, startRunningObservatory } from './alerts/running-observatory.ts'
import type { Bench } from './bench.ts'
import { median, percentile, rounded } from './statistics.ts'

const stages = ['received', 'judged', 'asked', 'published', 'aborted', 'commanded'] as const
type Times = Readonly<Record<(typeof stages)[number], number>>

const types = [
  'NoticeReceived',
  'TriggerJudged',
  'RequestSubmitted',
  'SchedulePublished',
  'ScheduleExplained',
  'ObservationStarted',
  'ObservationAborted',
  'DeviceCommandRequested',
]

const has = (event: Recorded, part: Readonly<Record<string, unknown>>): boolean => {
  const data = event.data as Readonly<Record<string, unknown>>
  return Object.entries(part).every(([key, value]) => data[key] === value)
}

type Asked = Pick<RunningObservatory, 'api' | 'bearer'>

const send = async ({ api, bearer }: Asked, where: string, body: unknown): Promise<void> => {
  const answer = await fetch(`${api}${where}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await bearer()}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${where}: ${answer.status} ${await answer.text()}`)
}

/** The shipped strategy for bursts without its limits of a night; each alert outranks the one before, or it would not interrupt it. */
const adoptForBench = async (asked: Asked, n: number): Promise<void> => {
  const [strategy] = defaultStrategies
  if (!strategy) throw new Error('no strategy is shipped')
  const { maxPerNightOfMission: _, ...gates } = strategy.gates
  await send(asked, '/api/alerts/strategies', {
    ...strategy,
    gates: { ...gates, maxPerNight: 10_000 },
    request: { ...strategy.request, level: mostAlerts + 1 - n },
  })
}

const burst = (site: Site, n: number): Uint8Array => {
  const now = Date.now()
  return new TextEncoder().encode(
    noticeXml({
      kind: 'swift-bat',
      trigger: `${firstTrigger + n}`,
      raDeg: raEastOfMeridian(site, now, 15 + ((n * 7) % 40)),
      decDeg: 20 + ((n * 11) % 40),
      errorRadiusDeg: 0.05,
      eventAt: now - 5_000,
      issuedAt: now,
      serial: 1,
    }),
  )
}

type Parts = {
  readonly observatory: RunningObservatory
  readonly site: Site
  readonly broker: VtpPublisher
  readonly log: ReturnType<typeof listen>
}

const patienceMs = 10_000
const mostAlerts = 41
const firstTrigger = 4_000_000

/** From the moment a notice goes out to each step of the reaction, in milliseconds; null for one that led to nothing. */
const react = async ({ broker, log, site }: Parts, n: number): Promise<Times | null> => {
  const trigger = `swift-${firstTrigger + n}`
  const requestId = `alert-${trigger}`
  const since = log.count
  const document = burst(site, n)
  const sentAtMs = performance.now()
  broker.publish(document)
  const wanted: Readonly<Record<(typeof stages)[number], (event: Recorded) => boolean>> = {
    received: ({ type }) => type === 'NoticeReceived',
    judged: (event) => event.type === 'TriggerJudged' && has(event, { trigger }),
    asked: (event) => event.type === 'RequestSubmitted' && has(event, { requestId }),
    published: ({ type, data }) => type === 'SchedulePublished' && JSON.stringify(data).includes(requestId),
    aborted: (event) => event.type === 'ObservationAborted' && has(event, { why: 'alert' }),
    commanded: (event) => event.type === 'DeviceCommandRequested' && has(event, { name: 'abort' }),
  }
  const times: [string, number][] = []
  for (const stage of stages) {
    const heard = await log.until(wanted[stage], { since, withinMs: patienceMs })
    if (!heard) return null
    times.push([stage, heard.atMs - sentAtMs])
  }
  return Object.fromEntries(times) as Times
}

/** Waits until the alert is being observed, so that the next has what to interrupt, and takes the one before off. */
const settle = async ({ observatory, log }: Parts, n: number, since: number): Promise<void> => {
  const started = (event: Recorded) =>
    event.type === 'ObservationStarted' && has(event, { requestId: `alert-swift-${firstTrigger + n}` })
  if (!(await log.until(started, { since, withinMs: 120_000 })))
    throw new Error('the alert is not being observed')
  if (n > 0)
    await send(observatory, `/api/alerts/swift-${firstTrigger + n - 1}/cancel`, {
      why: 'the benchmark has seen enough',
    })
  await adoptForBench(observatory, n + 1)
  // The plan as a whole is looked at again after an alert; a night has its quiet moments too.
  await pause(2_000)
}

const ready = async ({ observatory, site, log }: Parts, candidates: number): Promise<void> => {
  const phase = (event: Recorded) => event.type === 'SchedulePublished'
  if (!(await log.until(phase, { withinMs: 60_000 }))) throw new Error('the observatory does not start')
  while (!(await fetch(`${observatory.api}/api/weatherwatch?limit=1`).catch(() => null))) await pause(100)
  await adoptForBench(observatory, 0)
  await askFor(observatory.store, site, candidates)
  const started = ({ type }: Recorded) => type === 'ObservationStarted'
  if (!(await log.until(started, { withinMs: 300_000 }))) throw new Error('nothing is being observed')
  await pause(3_000)
}

const figuresOf = (all: readonly (Times | null)[]) => {
  const done = all.flatMap((times) => times ?? [])
  const of = (stage: (typeof stages)[number], share: number) =>
    rounded(
      percentile(
        done.map((times) => times[stage]),
        share,
      ),
    )
  console.table(
    Object.fromEntries(stages.map((stage) => [stage, { p50ms: of(stage, 0.5), p99ms: of(stage, 0.99) }])),
  )
  const commanded = done.map((times) => times.commanded)
  return {
    p50ms: rounded(median(commanded)),
    p99ms: rounded(percentile(commanded, 0.99)),
    worstMs: rounded(Math.max(...commanded)),
    notices: all.length,
    lost: all.length - done.length,
  }
}

/** The whole way in a running observatory: a notice on the wire, and the telescope told to leave what it is at. */
export const alerts: Bench = {
  name: 'alerts',
  about:
    'a notice on the wire to the interrupt of what is observed, 1,000 candidates, all of `noctuary start`',
  run: async ({ quick }) => {
    await using stack = new AsyncDisposableStack()
    const site = siteAtMidnight(Date.now())
    const broker = new VtpPublisher({
      listen: { host: '127.0.0.1', port: 0 },
      allowed: ['127.0.0.1'],
      ivorn: 'ivo://noctuary.local/bench',
      clock: systemClock,
      say: () => {},
    })
    const address = await broker.listen()
    stack.defer(() => broker.close())
    const observatory = stack.use(await startRunningObservatory(site, address))
    const log = listen(observatory.store, types)
    stack.defer(() => log.stop())
    const parts: Parts = { observatory, site, broker, log }
    await ready(parts, 1_000)
    const all: (Times | null)[] = []
    for (let n = 0; n < (quick ? 8 : mostAlerts); n++) {
      const since = log.count
      const times = await react(parts, n)
      // The first is the compiler's.
      if (n > 0) all.push(times)
      await settle(parts, n, since)
    }
    return figuresOf(all)
  },
}
