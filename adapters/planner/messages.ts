import type { Planned } from '#domain/planning/desk/planned.ts'
import type { Candidate, PlanInput } from '#domain/planning/input.ts'

/** What crosses from our thread to the planner's. */
export type Question =
  | { readonly kind: 'plan'; readonly id: number; readonly input: PlanInput }
  | {
      readonly kind: 'insert'
      readonly id: number
      readonly baseHash: string
      readonly alerts: readonly Candidate[]
      readonly at: string
    }

/** And back. */
export type Answered =
  | { readonly id: number; readonly planned: Planned | null }
  | { readonly id: number; readonly error: string }
