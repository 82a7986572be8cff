import type { ExplainedEntry } from '../events.ts'
import type { Plan } from '../plan.ts'

/** A plan as it comes from where plans are computed, with the reasons of all that it leaves out. */
export type Planned = {
  readonly plan: Plan
  readonly inputsHash: string
  readonly unplaced: readonly ExplainedEntry[]
}
