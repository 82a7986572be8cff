import type { Planned } from '#domain/planning/desk/planned.ts'
import type { Candidate, PlanInput } from '#domain/planning/input.ts'
import type { Instant } from '#domain/shared/time.ts'

/**
 * Where plans are computed: pure, so the same input gives the same plan, but long enough to have a thread of its own.
 * One question at a time; the newest plan stays at hand, so that an alert can be put into it.
 */
export type Planner = {
  plan(input: PlanInput): Promise<Planned>
  /** Into the plan of that hash; null when another is at hand by now, or when an alert cannot be put in. */
  insertAlerts(baseHash: string, alerts: readonly Candidate[], at: Instant): Promise<Planned | null>
}
