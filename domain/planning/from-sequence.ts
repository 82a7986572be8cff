import type { Sequence } from '../requests/sequence.ts'
import type { Candidate } from './input.ts'

/** Whose a sequence is, when it was submitted among all (a count), and when it was observed before. */
export type Ownership = {
  readonly userId: string
  readonly country: string | null
  readonly programmeId: string
  readonly submitted: number
  readonly alert: boolean
  readonly alertLevel: number
  readonly previousStarts?: readonly string[]
}

const targetOf = ({ target }: Sequence): Candidate['target'] => {
  if (!target) return null
  const { raDeg, decDeg, properMotion } = target
  return { raDeg, decDeg, ...(properMotion ? { properMotion } : {}) }
}

const windowsOf = ({ windows }: Sequence): Candidate['windows'] =>
  windows.map(({ from, until }) => ({ ...(from ? { from } : {}), ...(until ? { until } : {}) }))

/** A sequence as it stands in the log, as the planner wants it. */
export const candidateFrom = (sequence: Sequence, of: Ownership): Candidate => {
  const plans = sequence.albums[0]?.plans ?? []
  return {
    id: sequence.id,
    name: sequence.name,
    submitted: of.submitted,
    priority: sequence.priority,
    tier: sequence.tier,
    durationS: sequence.durationS,
    target: targetOf(sequence),
    windows: windowsOf(sequence),
    constraints: sequence.constraints,
    preferredAt: sequence.preferredAt,
    preferredToleranceS: sequence.preferredToleranceS,
    cadence: sequence.cadence,
    previousStarts: [...(of.previousStarts ?? [])],
    alert: of.alert,
    alertLevel: of.alertLevel,
    user: of.userId,
    ...(of.country === null ? {} : { country: of.country }),
    programme: of.programmeId,
    filterIn: plans[0]?.filter ?? null,
    filterOut: plans.at(-1)?.filter ?? null,
  }
}
