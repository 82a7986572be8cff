import { z } from 'zod'
import { nightOf } from '#domain/shared/night.ts'
import { nightSpan } from '#domain/shared/noon.ts'
import type { Site } from '#domain/shared/site.ts'
import { epochMsOf, instantOf } from '#domain/shared/time.ts'
import { type AlertScenario, parseAlertScenario } from './alert-scenario.ts'
import { type DeviceScenario, deviceScenario } from './device-scenario.ts'
import { type Expectations, expectationsSchema } from './night-expectations.ts'
import { type MomentGround, MomentUnknown, momentMs } from './night-moment.ts'
import { ActionUnknown, type PersonAction, parsePerson } from './night-people.ts'
import { plcChangesOf, weatherSchema } from './night-weather.ts'
import { parseScenario, type Scenario } from './scenario.ts'
import { parseTimeline, ScenarioError, type SimulatorKey } from './timeline.ts'

const usualNight = '2026-12-12'
const afterwardsS = 3_600

const deviceKeys = {
  telescope: 'telescopeSimulator',
  dome: 'domeSimulator',
  'visible-camera': 'visibleCameraSimulator',
  'infrared-camera': 'infraredCameraSimulator',
} as const satisfies Record<string, SimulatorKey>

const happenings = [
  'weather',
  'plcSimulator',
  ...Object.values(deviceKeys),
  'alertSimulator',
  'userSimulator',
  'person',
] as const

const moment = z.union([z.number().nonnegative(), z.string().min(1)])
const happening = z
  .strictObject({ at: moment, ...Object.fromEntries(happenings.map((key) => [key, z.unknown().optional()])) })
  .refine((entry) => happenings.filter((key) => key in entry).length === 1, {
    error: `wants "at" and exactly one of ${happenings.join(', ')}`,
  })

const fileSchema = z.strictObject({
  about: z.string().default(''),
  night: z.iso.date().default(usualNight),
  start: moment.default('opening-1500'),
  end: moment.default('closing+1500'),
  seed: z.int().default(1),
  /** From poll to poll of the environment. */
  pollS: z.number().positive().default(2),
  happens: z.array(z.unknown()).default([]),
  expect: expectationsSchema.prefault({}),
})

/** A whole night as it will be simulated. */
export type NightScenario = {
  readonly about: string
  readonly night: string
  readonly startsAtMs: number
  readonly endsAtMs: number
  readonly pollMs: number
  readonly plc: Scenario
  readonly devices: Readonly<Record<keyof typeof deviceKeys, DeviceScenario>>
  readonly alerts: AlertScenario
  /** In order of time, in seconds from the start. */
  readonly people: readonly { readonly time: number; readonly action: PersonAction }[]
  readonly expect: Expectations
}

export type NightOptions = {
  readonly site: Site
  /** Where the scenario lies: request files are beside it. */
  readonly folder: string
  readonly night?: string | undefined
  readonly seed?: number | undefined
}

const problem = (error: unknown): string => {
  if (error instanceof z.ZodError)
    return error.issues
      .map(({ path: at, message }) => (at.length > 0 ? `${at.join('.')}: ${message}` : message))
      .join('; ')
  if (error instanceof MomentUnknown || error instanceof ActionUnknown) return error.message
  throw error
}

/** Does it, and says of what goes wrong where in the file it is. */
const inPlace = <T>(place: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw new ScenarioError(null, `${place}${problem(error)}`)
  }
}

/** Where the entries of a simulators' timeline stand in the night's file. */
type Placed = { readonly entry: Record<string, unknown>; readonly index: number }

const inFile = <T>(placed: readonly Placed[], work: () => T): T => {
  try {
    return work()
  } catch (error) {
    const index = error instanceof ScenarioError && error.index !== null ? error.index : 0
    const at = placed[index - 1]
    if (!(error instanceof ScenarioError) || !at) throw error
    throw new ScenarioError(
      null,
      `happens[${at.index}]: ${error.message.replace(/^scenario element \d+: /, '')}`,
    )
  }
}

const entriesOf = ({ at: _, weather, person, ...rest }: Record<string, unknown>, time: number) => {
  if (weather !== undefined)
    return plcChangesOf(weatherSchema.parse(weather)).map((plcSimulator) => ({ time, plcSimulator }))
  return [person === undefined ? { time, ...rest } : { time, userSimulator: person }]
}

/** PYROS's form (P18): an array whose iterations are seconds, played from the beginning of observing. */
const fromArray = (json: unknown[]) => {
  const { head } = parseTimeline(json)
  const [, ...entries] = json
  const at = entries.map((entry) => {
    const { time, ...rest } = entry as Record<string, unknown>
    return { at: time, ...rest }
  })
  return { start: 'observing', end: head.iterations, happens: at, status: head.status ?? 'pyros' }
}

/** Reads a night's scenario, or refuses it with `ScenarioError`: where in the file, what, and what would be right (P24). */
export const parseNightScenario = (json: unknown, options: NightOptions): NightScenario => {
  const { status, ...given } = Array.isArray(json)
    ? fromArray(json)
    : { ...(json as Record<string, unknown>), status: 'demo' as const }
  const file = inPlace('', () => fileSchema.parse(given))
  const night = options.night ?? file.night
  const ground: MomentGround = { site: options.site, night, startsAtMs: null }
  const startsAtMs = inPlace('start: ', () => momentMs(file.start, ground))
  const within = { ...ground, startsAtMs }
  const endsAtMs = inPlace('end: ', () => momentMs(file.end, within))
  if (endsAtMs <= startsAtMs) throw new ScenarioError(null, 'end: it is not after the start')
  if (nightOf(instantOf(startsAtMs), options.site.timeZone) !== night)
    throw new ScenarioError(null, `start: it is not in the night of ${night}`)
  const { ends } = nightSpan(night, options.site.timeZone)
  if (endsAtMs > epochMsOf(ends)) throw new ScenarioError(null, `end: the night of ${night} ends before`)
  const lasts = Math.ceil((endsAtMs - startsAtMs) / 1000)
  const placed = file.happens.flatMap((each, index): Placed[] =>
    inPlace(`happens[${index}]: `, () => {
      const entry = happening.parse(each)
      const time = Math.round((momentMs(entry.at, within) - startsAtMs) / 1000)
      if (time < 0 || time >= lasts) throw new MomentUnknown(`at: ${entry.at} is not between start and end`)
      return entriesOf(entry, time).map((one) => ({ entry: one, index }))
    }),
  )
  const seed = options.seed ?? file.seed
  // The world goes on while the observatory is brought to its end.
  const head = { iterations: lasts + afterwardsS, status, clock: 'advancing', wander: true, seed }
  const timeline = [head, ...placed.map(({ entry }) => entry)]
  const people = parseTimelineOf(placed, timeline)
    .filter(({ simulator }) => simulator === 'userSimulator')
    .map(({ index, time, does }) => ({
      time,
      action: inPlace(`happens[${placed[index - 1]?.index}]: `, () => parsePerson(does, options.folder)),
    }))
  const deviceOf = (key: SimulatorKey) => inFile(placed, () => deviceScenario(timeline, key))
  return {
    about: file.about,
    night,
    startsAtMs,
    endsAtMs,
    pollMs: file.pollS * 1000,
    plc: inFile(placed, () => parseScenario(timeline)),
    devices: {
      telescope: deviceOf(deviceKeys.telescope),
      dome: deviceOf(deviceKeys.dome),
      'visible-camera': deviceOf(deviceKeys['visible-camera']),
      'infrared-camera': deviceOf(deviceKeys['infrared-camera']),
    },
    alerts: inFile(placed, () => parseAlertScenario(timeline)),
    people,
    expect: file.expect,
  }
}

const parseTimelineOf = (placed: readonly Placed[], timeline: unknown[]) =>
  inFile(placed, () => parseTimeline(timeline)).entries
