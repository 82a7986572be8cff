import type { EventStore } from '#commands/event-store.ts'
import { domeStatusSchema } from '#domain/devices/dome.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import type { Situation, Verdict } from '#domain/devices/gate.ts'
import { sunAt } from '#domain/devices/pointing.ts'
import { deviceStream } from '#domain/devices/streams.ts'
import { telescopeStatusSchema } from '#domain/devices/telescope.ts'
import type { EnvironmentAssessed, EnvironmentEvent } from '#domain/environment/events.ts'
import { isEnvironmentEvent } from '#domain/environment/sentences.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import { type ControlMode, controlModeSchema } from '#domain/night/course-events.ts'
import { nightStream } from '#domain/night/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { nightBefore, nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { epochMsOf, type Instant, secondsBetween } from '#domain/shared/time.ts'

/** Weather older than this is no weather: the monitor that should judge it does not run. */
const verdictMaxAgeS = 30

const newest = async <T>(
  store: EventStore,
  stream: string,
  pick: (event: Recorded) => T | null,
): Promise<T | null> => {
  for await (const event of store.readBackwards(stream)) {
    const picked = pick(event)
    if (picked !== null) return picked
  }
  return null
}

const worstOf = ({ data: { quantities } }: EnvironmentAssessed): Verdict['worst'] => {
  const ranks = { safe: 0, warn: 1, unsafe: 2, unknown: 3 }
  const [worst] = Object.entries(quantities)
    .filter(([, judged]) => judged && judged.state !== 'safe')
    .toSorted(([, a], [, b]) => ranks[b.state] - ranks[a.state])
  if (!worst) return null
  const [quantity, { interpretation, margin }] = worst
  return { text: `${quantity}: ${interpretation}`, margin }
}

const verdictIn = (event: Recorded<EnvironmentEvent>): Verdict | null => {
  const { id } = event
  switch (event.type) {
    case 'EnvironmentAssessed':
      return { id, state: event.data.verdict.state, worst: worstOf(event) }
    case 'SafetyVerdictGiven': {
      const [worst] = event.data.reasons
      return { id, state: event.data.state, worst: worst ? { text: worst.text, margin: worst.margin } : null }
    }
    default:
      return null
  }
}

const loadVerdict = async (store: EventStore, site: string, night: string, at: Instant) =>
  newest(store, environmentStream(site, night), (event) => {
    // What is older than the limit ends the search: there is no fresh one.
    if (secondsBetween(event.metadata.occurredAt, at) > verdictMaxAgeS) return { verdict: null }
    const verdict = isEnvironmentEvent(event) ? verdictIn(event) : null
    return verdict ? { verdict } : null
  })

/** Whether anybody judges the weather: without a verdict of this moment nobody would say that it turns. */
export const isWeatherWatched = async (
  { store, site }: { store: EventStore; site: Site },
  at: Instant,
): Promise<boolean> => (await loadVerdict(store, site.id, nightOf(at, site.timeZone), at))?.verdict != null

const modeIn = ({ type, data }: Recorded): ControlMode | null => {
  if (type !== 'ControlModeChanged' && type !== 'NightOpened') return null
  return controlModeSchema.safeParse((data as { mode?: unknown }).mode).data ?? null
}

const loadMode = async (store: EventStore, site: string, night: string): Promise<ControlMode | null> =>
  (await newest(store, nightStream(site, night), modeIn)) ??
  (await newest(store, nightStream(site, nightBefore(night)), modeIn))

/** A device's last recorded status of this night; null while its line is lost, or when there is none. */
export const lastStatus = async (
  store: EventStore,
  device: DeviceName,
  night: string,
): Promise<unknown | null> => {
  const found = await newest(store, deviceStream(device, night), ({ type, data }) => {
    if (type === 'DeviceLinkLost') return { status: null }
    return type === 'DeviceStatusRecorded' ? { status: (data as { status: unknown }).status } : null
  })
  return found?.status ?? null
}

/**
 * The situation from the ends of the streams that tell it, so there is nothing that could lag behind the log.
 * `dome` is what the dome says at this moment, where it is at hand.
 */
export const loadSituation = async (
  { store, site }: { store: EventStore; site: Site },
  at: Instant,
  dome?: unknown,
): Promise<Situation> => {
  const night = nightOf(at, site.timeZone)
  const [mode, fresh, domeStatus, telescope] = await Promise.all([
    loadMode(store, site.id, night),
    loadVerdict(store, site.id, night, at),
    dome ?? lastStatus(store, 'dome', night),
    lastStatus(store, 'telescope', night),
  ])
  const roof = domeStatusSchema.safeParse(domeStatus).data
  return {
    mode,
    verdict: fresh?.verdict ?? null,
    sunAltitudeDeg: sunAt(epochMsOf(at), site).altitudeDeg,
    heartbeatAgeS: dome ? (roof?.heartbeatAgeS ?? null) : null,
    emergencyButton: roof?.emergencyButton ?? null,
    telescopeParked: telescopeStatusSchema.safeParse(telescope).data?.parkSwitch ?? null,
  }
}
