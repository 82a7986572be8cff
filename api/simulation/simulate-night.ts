import path from 'node:path'
import { systemClock } from '#adapters/clock.ts'
import { openSimulatedLog, type SimulatedLog } from '#adapters/simulated-time/open-log.ts'
import { tapStore } from '#adapters/simulated-time/tapped-store.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { Config } from '#api/config.ts'
import { receiveNoticeOn } from '#api/parts/alerts.ts'
import type { PollOutcome } from '#commands/environment/monitor.ts'
import type { SafetyState } from '#domain/environment/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { NightScenario } from '#simulators/night-scenario.ts'
import { playAlerts } from './alerts.ts'
import { type Judged, judgeNight } from './judgement.ts'
import { type NightRecord, readNightRecord } from './night-record.ts'
import { startObservatory } from './observatory.ts'
import { SimulatedPeople } from './people.ts'
import { RoofGuard } from './roof-guard.ts'
import { startWorld } from './world.ts'

export type SimulationOptions = {
  readonly config: Config
  readonly scenario: NightScenario
  /** Everything that is written: the log, images, payloads. */
  readonly dataDir: string
  /** How many seconds of the night pass in one of ours; null for as fast as it goes. */
  readonly speed: number | null
  /** Lines for people: what changed, and what went wrong. */
  readonly say: (line: string) => void
  readonly onPoll?: (outcome: PollOutcome) => void
  readonly signal?: AbortSignal
  /** Lets somebody look at the night while it is played, and after it until `over` is settled. They leave no trace in it. */
  readonly lookers?: {
    open(log: SimulatedLog, clock: Clock): Promise<AsyncDisposable>
    over(night: SimulatedNight): Promise<void>
  }
}

export type SimulatedNight = ReturnType<RoofGuard['guarded']> &
  NightRecord & {
    readonly judged: readonly Judged[]
    readonly simulatedS: number
    readonly wallS: number
  }

/** The last verdict of a poll; what it was before where the poll changed nothing. */
const verdictIn = (outcome: PollOutcome, before: SafetyState | null): SafetyState | null => {
  if (outcome.kind !== 'recorded') return before
  const given = outcome.events.findLast((event) => event.type === 'SafetyVerdictGiven')
  return given?.type === 'SafetyVerdictGiven' ? given.data.state : before
}

/** Runs the clock to the end, at a pace or as fast as everything gets done. */
const drive = async (
  clock: VirtualClock,
  { scenario: { endsAtMs }, speed, signal }: SimulationOptions,
): Promise<void> => {
  const beganMs = systemClock.now()
  const startedMs = clock.now()
  const stepMs = speed === null ? 60_000 : 1_000
  while (clock.now() < endsAtMs && !signal?.aborted) {
    await clock.advanceTo(Math.min(endsAtMs, clock.now() + stepMs))
    if (speed !== null) await systemClock.sleepUntil(beganMs + (clock.now() - startedMs) / speed, signal)
  }
}

/** Whoever is woken to end may need the clock for it. */
const ended = async (clock: VirtualClock, stop: Promise<unknown>): Promise<void> => {
  let over = false
  const stopped = stop.finally(() => {
    over = true
  })
  while (!over) await clock.advanceBy(1_000)
  await stopped
}

/**
 * One night of the whole observatory in this process, on simulated time: the log, the agents, the devices on real
 * sockets. The same scenario and seed give the same log. `dataDir` must have no log yet.
 */
export const simulateNight = async (options: SimulationOptions): Promise<SimulatedNight> => {
  const { scenario, dataDir, say, onPoll = () => {} } = options
  const began = performance.now()
  const config = { ...options.config, DATA_DIR: dataDir, PLC_PERIOD_MS: scenario.pollMs }
  const { SITE: site } = config
  const clock = new VirtualClock(scenario.startsAtMs)
  const log = await openSimulatedLog(path.join(dataDir, 'eventstore'), clock)
  const stopping = new AbortController()
  const listening = new AbortController()
  const ends: (() => unknown)[] = []
  const atEnd = (end: () => unknown) => void ends.unshift(end)
  const guard = new RoofGuard()
  let verdict: SafetyState | null = null
  try {
    // First: whoever is there already must not wait for them at the beginning of the night.
    await using lookers = new AsyncDisposableStack()
    lookers.use(await options.lookers?.open(log, clock))
    const store = await tapStore(log, clock, listening.signal)
    const world = await startWorld(scenario, { clock, site, dataDir, atEnd })
    const watched = (outcome: PollOutcome) => {
      verdict = verdictIn(outcome, verdict)
      guard.look(clock.now(), world.domeOpenPercent(), verdict)
      onPoll(outcome)
    }
    await startObservatory(world, { config, store, clock, say, onPoll: watched, atEnd })
    const people = new SimulatedPeople({ store, clock, site, say })
    const receive = receiveNoticeOn(store, config, clock)
    const happening = Promise.all([
      people.live(scenario, stopping.signal),
      playAlerts(scenario, { receive, clock, site }, stopping.signal),
    ])
    await Promise.race([drive(clock, options), happening.then(() => new Promise<never>(() => {}))])
    // Before anybody is told to end: that is no part of the night.
    const at = instantOf(clock.now())
    const wallS = (performance.now() - began) / 1000
    const record = await readNightRecord(log, { site, night: scenario.night, at })
    const night = { ...guard.guarded(), ...record }
    const simulatedS = (clock.now() - scenario.startsAtMs) / 1000
    const whole = { ...night, judged: judgeNight(scenario.expect, night), simulatedS, wallS }
    await options.lookers?.over(whole)
    return whole
  } finally {
    stopping.abort()
    await ended(clock, endAll(ends))
    // Only now: whoever ends may have a last word.
    listening.abort()
    await close(log)
  }
}

const endAll = async (ends: readonly (() => unknown)[]): Promise<void> => {
  for (const end of ends) await end()
}

const close = (log: SimulatedLog): Promise<void> => log.close()
