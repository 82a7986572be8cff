import { type PlcChange, parsePlcChange, type ReplyMode } from './plc-change.ts'
import { type PlcStatus, shippedStatus } from './plc-status.ts'
import { parseTimeline, type ScenarioHead } from './timeline.ts'

export { ScenarioError } from './timeline.ts'

type TimedChange = { time: number; change: PlcChange }

/** What a simulated PLC plays: the status it starts from and what happens to it, in order of time. */
export type Scenario = Omit<ScenarioHead, 'iterations' | 'status'> & {
  /** Infinity where nothing ends it. */
  iterations: number
  status: PlcStatus
  changes: readonly TimedChange[]
}

/**
 * Reads a scenario for the PLC, or refuses it with {@link ScenarioError}. `status` is what it starts from if its head
 * names none; PYROS's if that is not given either.
 */
export const parseScenario = (json: unknown, { status }: { status?: PlcStatus } = {}): Scenario => {
  const { head, entries } = parseTimeline(json)
  const start = head.status ? shippedStatus(head.status) : (status ?? shippedStatus('pyros'))
  const changes: TimedChange[] = []
  let expected = start
  for (const { index, time, simulator, does } of entries) {
    if (simulator !== 'plcSimulator') continue
    const change = parsePlcChange(does, index, expected)
    // A device that an entry adds may be spoken of by the entries after it.
    if (change.kind === 'status') expected = change.apply(expected)
    changes.push({ time, change })
  }
  return { ...head, status: start, changes }
}

/** No scenario: the answer never changes and nothing ends it (P20). */
export const unchanging = (status: PlcStatus = shippedStatus('pyros')): Scenario => ({
  iterations: Number.POSITIVE_INFINITY,
  repeat: false,
  clock: 'standing',
  wander: false,
  seed: 1,
  status,
  changes: [],
})

/** How the PLC behaves during one iteration. */
export type PlcMoment = { reachable: boolean; mode: ReplyMode | 'well'; status: PlcStatus }

/** What the scenario makes of iteration `i`, counted from 0 since the start, over repeats. */
export const momentAt = (scenario: Scenario, i: number): PlcMoment => {
  const time = scenario.repeat ? i % scenario.iterations : i
  const past = scenario.changes.filter((change) => change.time <= time)
  const lasting = (change: PlcChange, since: number) =>
    change.kind !== 'status' && time < since + change.iterations
  const troubles = past
    .filter(({ change, time: since }) => lasting(change, since))
    .map(({ change }) => change)
  const reply = troubles.findLast((change) => change.kind === 'reply')
  return {
    reachable: !troubles.some(({ kind }) => kind === 'outage'),
    mode: reply?.mode ?? 'well',
    status: past.reduce(
      (status, { change }) => (change.kind === 'status' ? change.apply(status) : status),
      scenario.status,
    ),
  }
}
