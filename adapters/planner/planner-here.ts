import type { Planner } from '#commands/planning/planner.ts'
import { type Made, makeInserted, makePlan } from '#domain/planning/desk/make-plan.ts'

/** The planner within the caller's own thread: for simulated time, which stands while a plan is made. */
export const plannerHere = (): Planner & { close(): Promise<void> } => {
  let held: Made | null = null
  return {
    plan: async (input) => {
      held = makePlan(input)
      return held.planned
    },
    insertAlerts: async (baseHash, alerts, at) => {
      if (held?.planned.inputsHash !== baseHash) return null
      const inserted = makeInserted(held, alerts, at)
      held = inserted ?? held
      return inserted?.planned ?? null
    },
    close: async () => {},
  }
}
