import { z } from 'zod'
import { checked, parseTimeline, type SimulatorKey } from './timeline.ts'

/** How a simulated device can fail. `lying`: it says that a thing is done, and does nothing. */
const faultKinds = [
  'stuck',
  'slow',
  'lying',
  'silent',
  'limit-switch',
  'emergency-button',
  'sun-avoidance',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** Which of them make sense for which device. */
const faultsOf: Partial<Record<SimulatorKey, readonly FaultKind[]>> = {
  telescopeSimulator: ['stuck', 'slow', 'lying', 'silent', 'limit-switch', 'sun-avoidance'],
  domeSimulator: ['stuck', 'slow', 'lying', 'silent', 'limit-switch', 'emergency-button'],
  visibleCameraSimulator: ['stuck', 'slow', 'lying', 'silent'],
  infraredCameraSimulator: ['stuck', 'slow', 'lying', 'silent'],
}

const iterations = z.int().positive()
const outageSchema = z.strictObject({ outage: iterations })
/** Without `for` it lasts to the scenario's end. A cure ends it at once: some faults go with the power. */
const faultSchema = (known: readonly FaultKind[]) =>
  z.strictObject({
    fault: z.enum(known),
    for: iterations.optional(),
    cure: z.enum(['reset', 'power-cycle']).optional(),
  })

export type Cure = 'reset' | 'power-cycle'
export type Trouble = {
  readonly kind: FaultKind | 'outage'
  /** Iterations, the end excluded. */
  readonly from: number
  readonly until: number
  readonly cure: Cure | null
}

/** What happens to one simulated device. */
export type DeviceScenario = {
  readonly iterations: number
  readonly repeat: boolean
  readonly seed: number
  readonly troubles: readonly Trouble[]
}

export const untroubled: DeviceScenario = {
  iterations: Number.POSITIVE_INFINITY,
  repeat: false,
  seed: 1,
  troubles: [],
}

/** Takes a device's own entries out of a scenario; refuses with `ScenarioError` what that device cannot suffer (P24). */
export const deviceScenario = (json: unknown, key: SimulatorKey): DeviceScenario => {
  const { head, entries } = parseTimeline(json)
  const known = faultsOf[key] ?? []
  const troubles = entries
    .filter(({ simulator }) => simulator === key)
    .map(({ does, time, index }): Trouble => {
      const asked = checked(z.record(z.string(), z.unknown()), does, index)
      if ('outage' in asked) {
        const { outage } = checked(outageSchema, asked, index)
        return { kind: 'outage', from: time, until: time + outage, cure: null }
      }
      const { fault, for: lasting, cure } = checked(faultSchema(known), asked, index)
      const until = lasting === undefined ? head.iterations : time + lasting
      return { kind: fault, from: time, until, cure: cure ?? null }
    })
  return { iterations: head.iterations, repeat: head.repeat, seed: head.seed, troubles }
}

/** What ails the device during an iteration, counted from 0 since the start, over repeats. */
export const troublesAt = ({ iterations: round, repeat, troubles }: DeviceScenario, i: number): Trouble[] => {
  const time = repeat ? i % round : i
  return troubles.filter(({ from, until }) => from <= time && time < until)
}

/** The next iteration at which something begins or ends; infinite when nothing does any more. */
export const nextChange = ({ iterations: round, repeat, troubles }: DeviceScenario, i: number): number => {
  const time = repeat ? i % round : i
  const later = troubles.flatMap(({ from, until }) => [from, until]).filter((at) => at > time && at < round)
  const next = Math.min(round, ...later)
  return i - time + next
}
