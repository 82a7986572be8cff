import type { SetupModel } from './setup.ts'
import type { Rotation, Task } from './task.ts'

/** An upper limit on the seconds charged to the tasks of one group. */
export type Quota = { readonly leftS: number }

/** A block that stays where it is: a running observation, a frozen one, an alert. */
export type Pinned = { readonly task: Task; readonly startS: number; readonly endS: number }

/** One night to fill: no overlap, quotas kept, the sum of worth times quality as large as can be. */
export type Problem = {
  readonly tasks: readonly Task[]
  readonly pinned: readonly Pinned[]
  readonly quotas: readonly Quota[]
  readonly rotation: Rotation
  readonly setup: SetupModel
  /** No set-up begins before. */
  readonly fromS: number
  readonly untilS: number
  /** Starts are multiples of it. */
  readonly gridS: number
  /** Share of the worth that a task gains by staying within `inertiaS` of its place in the previous plan. */
  readonly inertia: number
  readonly inertiaS: number
}
