import type { RecordPlcReply } from './commands.ts'
import { clockFlags, nextDeviceClock } from './device-clock.ts'
import { type EnvironmentAssessed, quantityNames } from './events.ts'
import { deviceFlags } from './flags.ts'
import { withoutFrozen } from './frozen.ts'
import { windOf, withWind } from './gusts.ts'
import { judge } from './judgement.ts'
import { pyrosSite, pyrosWeather } from './pyros-summary.ts'
import { type Observations, observationsOf, rainConflicts } from './quantities.ts'
import type { DeviceReading } from './readings.ts'
import { type Samples, samplesOf } from './samples.ts'
import { strictSite } from './site-summary.ts'
import type { EnvironmentState, Quantities } from './state.ts'
import { verdictOn } from './verdict.ts'
import { strictWeather } from './weather-summary.ts'

type Assessed = EnvironmentAssessed['data']

const middleOfAllowed = ({ rules }: RecordPlcReply): number => {
  const { high, low } = rules.limits.temperature
  return ((high?.unsafe.at ?? 0) + (low?.unsafe.at ?? 0)) / 2
}

/** Mandatory quantities always; the others once a device has spoken of them. */
const judged = (
  { at, rules }: RecordPlcReply,
  state: EnvironmentState,
  observations: Observations,
  reported: Samples['reported'],
): Quantities => {
  const quantities: Quantities = {}
  for (const name of quantityNames) {
    const limit = rules.limits[name]
    const before = state.quantities[name]
    if (!limit.mandatory && !before && !reported.has(name)) continue
    quantities[name] = judge(name, observations[name], before, limit, { at, lastSampleAt: state.assessedAt })
  }
  return quantities
}

/** What the rules make of one answered poll. */
export const assess = (
  command: RecordPlcReply,
  state: EnvironmentState,
  { weather, site }: { weather: readonly DeviceReading[]; site: readonly DeviceReading[] },
  readingIds: string[],
): Assessed => {
  const { at, night, reply, rules, validPolicy } = command
  const devices = [...weather, ...site]
  const read = samplesOf(devices)
  const live = withoutFrozen(read.samples, state.sensors, rules, at)
  const gustMs = withWind(state.gusts, windOf(weather), at)[0]?.speedMs
  const observations = observationsOf(live.samples, gustMs, middleOfAllowed(command))
  const quantities = judged(command, state, observations, read.reported)
  const deviceClock = nextDeviceClock(state.deviceClock, reply)
  const strict = validPolicy === 'strict'
  return {
    night,
    poll: state.night === night ? state.poll + 1 : 1,
    readingIds,
    validPolicy,
    weather: strict ? strictWeather(quantities, live.samples) : pyrosWeather(devices),
    site: strict ? strictSite(quantities, live.samples) : pyrosSite(devices),
    quantities,
    flags: [
      ...deviceFlags(devices),
      ...read.flags,
      ...live.flags,
      ...rainConflicts(live.samples),
      ...clockFlags(deviceClock, reply, at),
    ],
    verdict: verdictOn(quantities, state.verdict, rules, at),
    sensors: live.memory,
    deviceClock,
  }
}
