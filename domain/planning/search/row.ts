import type { Angles } from './angles.ts'
import type { Problem } from './problem.ts'
import { qualityAtAngle } from './quality.ts'
import type { Task } from './task.ts'

/** What a task is worth at each slot it may start in; minus infinity where it may not. */
export type Row = {
  readonly task: Task
  /** Its number among the rows of a search, for tables of pairs; -1 outside. */
  readonly number: number
  readonly values: Float64Array
  /** The first and last slot it may start in; first > last when there is none. */
  readonly first: number
  readonly last: number
  /** Price of ejecting it is beyond everything. */
  readonly pinned: boolean
  readonly durationS: number
}

// Decides between equals and nothing else: about a hundred thousandth of the worth for the whole night.
const tieShare = 1e-5

/** Equals: where it was before, or else earlier; the worthier first; of twins, the one submitted first. */
const tieOf = (task: Task, atS: number, { untilS, tasks }: Problem): number => {
  const away = task.previousS === null ? atS : Math.abs(atS - task.previousS)
  const seniority = 1 - task.rank / (tasks.length + 1)
  return tieShare * task.urgency * (1 - away / (untilS + 1)) * (1 + 1e-3 * seniority)
}

// What others are counted from gains by staying exactly where it is: they would have to move with it.
const inertiaOf = (
  { previousS, worth, repeats }: Task,
  atS: number,
  { inertia, inertiaS }: Problem,
): number =>
  previousS !== null && Math.abs(atS - previousS) <= (repeats ? 0 : inertiaS) ? inertia * worth : 0

/** With a step, values are given at its multiples only. */
export const rowOf = (
  task: Task,
  problem: Problem,
  angles: Angles,
  step = 1,
  into = new Float64Array(angles.count),
  number = -1,
): Row => {
  const { stepS, count, cos, sin } = angles
  const values = into.fill(Number.NEGATIVE_INFINITY)
  let first = count
  let last = -1
  for (const [from, until] of task.starts) {
    const end = Math.min(count - 1, Math.floor(until / stepS))
    for (let k = Math.max(0, Math.ceil(from / stepS / step) * step); k <= end; k += step) {
      const atS = k * stepS
      const quality = qualityAtAngle(task, atS, cos[k] ?? 0, sin[k] ?? 0)
      values[k] = task.worth * quality + tieOf(task, atS, problem) + inertiaOf(task, atS, problem)
      if (k < first) first = k
      if (k > last) last = k
    }
  }
  return { task, number, values, first, last, pinned: false, durationS: task.durationS }
}

/** A block that may start at one slot only; rounded outwards to whole slots. */
export const pinnedRow = (task: Task, startS: number, endS: number, angles: Angles, number: number): Row => {
  const slot = Math.max(0, Math.min(angles.count - 1, Math.floor(startS / angles.stepS)))
  const values = new Float64Array(angles.count).fill(Number.NEGATIVE_INFINITY)
  values[slot] = 0
  return {
    task,
    number,
    values,
    first: slot,
    last: slot,
    pinned: true,
    durationS: endS - slot * angles.stepS,
  }
}
