import type { Planned } from '#domain/planning/desk/planned.ts'
import type { Candidate, PlanInput } from '#domain/planning/input.ts'
import type { Instant } from '#domain/shared/time.ts'

/** Where plans are computed: pure, so the same input gives the same plan, but long enough to have threads of its own. */
export type Planner = {
  /** Meanwhile the plan of the hash `keeping` stays at hand, so that an alert need not wait for this one. */
  plan(input: PlanInput, keeping: string | null): Promise<Planned>
  /** Into the plan of that hash; null when it is not at hand any more, or when an alert cannot be put in. */
  insertAlerts(baseHash: string, alerts: readonly Candidate[], at: Instant): Promise<Planned | null>
}
