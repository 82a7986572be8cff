import path from 'node:path'
import { systemClock } from '#adapters/clock.ts'
import { openSimulatedLog } from '#adapters/simulated-time/open-log.ts'
import { readConfig } from '#api/config.ts'
import { type SimulatedNight, simulateNight } from '#api/simulation/simulate-night.ts'
import { catalogue } from '#domain/catalogue.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { NightScenario } from '#simulators/night-scenario.ts'
import { testFolder } from './test-folder.ts'

/** What there is thousands of, and nobody asks for. */
const routine = new Set([
  'WeatherReadingRecorded',
  'SiteReadingRecorded',
  'EnvironmentAssessed',
  'AgentHostSeen',
])

export type LivedNight = SimulatedNight & {
  readonly log: readonly Recorded[]
  readonly said: readonly string[]
}

/** A scenario lived through at full speed, and what is worth telling of its log. */
export const lived = async (scenario: NightScenario): Promise<LivedNight> => {
  const folder = await testFolder()
  const dataDir = folder.path
  const said: string[] = []
  const night = await simulateNight({
    config: readConfig({}),
    scenario,
    dataDir,
    speed: null,
    say: (line) => said.push(line),
  })
  const kept = await openSimulatedLog(path.join(dataDir, 'eventstore'), systemClock)
  const log: Recorded[] = []
  const types = [...catalogue.keys()].filter((type) => !routine.has(type))
  for await (const { events, caughtUp } of kept.follow(types, null, new AbortController().signal)) {
    log.push(...events)
    if (caughtUp) break
  }
  await kept.close()
  await folder.remove()
  return { ...night, log, said }
}

/** What does not hold, in words. */
export const broken = ({ judged }: SimulatedNight): string[] =>
  judged.filter(({ holds }) => !holds).map(({ text }) => text)

type Told = Readonly<Record<string, unknown>>
type Happened = { readonly at: string; readonly by: string; readonly data: Told }

/** All events of a type, in the log's order, that match. */
export const happened = (
  { log }: LivedNight,
  type: string,
  matches: (data: Told) => boolean = () => true,
): Happened[] =>
  log
    .filter((event) => event.type === type)
    .map(({ data, metadata: { occurredAt: at, actor } }) => ({ at, by: actor.id, data: data as Told }))
    .filter(({ data }) => matches(data))

/** The first of them; there must be one. */
export const first = (...wanted: Parameters<typeof happened>): Happened => {
  const [found] = happened(...wanted)
  if (!found) throw new Error(`there is no such ${wanted[1]}`)
  return found
}

/** Whether the dome's switch says closed, whenever that became another. */
export const shutter = (night: LivedNight): { at: string; closed: boolean }[] =>
  happened(night, 'DeviceStatusRecorded', ({ device }) => device === 'dome').map(({ at, data }) => ({
    at,
    closed: (data['status'] as Told)['closedSwitch'] === true,
  }))

export const reportOf = ({ report }: LivedNight) => {
  if (!report) throw new Error('nothing is on record of this night')
  return report
}
