import type { Quota } from './problem.ts'
import type { Row } from './row.ts'

/** Seconds charged to every quota by the tasks of a plan. */
export const usageOf = (rows: readonly Row[], quotas: readonly Quota[]): Float64Array => {
  const used = new Float64Array(quotas.length)
  for (const { task, pinned } of rows)
    if (!pinned) for (const group of task.groups) used[group] = (used[group] ?? 0) + task.chargeS
  return used
}

/** What the task would exceed in the given group, were some tasks taken out; 0 when it fits. */
export const excess = (
  group: number,
  chargeS: number,
  used: Float64Array,
  quotas: readonly Quota[],
  rows: readonly Row[],
  from: number,
  until: number,
): number => {
  let after = (used[group] ?? 0) + chargeS
  for (let q = from; q < until; q++) {
    const task = rows[q]?.task
    if (task?.groups.includes(group)) after -= task.chargeS
  }
  return Math.max(0, after - (quotas[group]?.leftS ?? Number.POSITIVE_INFINITY))
}
