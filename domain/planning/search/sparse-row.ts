import type { Angles } from './angles.ts'
import type { Problem } from './problem.ts'
import { type Row, rowOf } from './row.ts'
import type { Task } from './task.ts'

const stepS = 300

/**
 * Rows with values every five minutes, for asking about thousands of candidates; every slot for those with little
 * room. Each call reuses the memory of the one before.
 */
export const sparseRows = (
  problem: Problem,
  angles: Angles,
): ((task: Task) => { readonly row: Row; readonly step: number }) => {
  const step = Math.max(1, Math.round(stepS / problem.gridS))
  const values = new Float64Array(angles.count)
  return (task) => {
    const spanS = task.starts.reduce((sum, [from, until]) => sum + until - from, 0)
    if (spanS < 8 * stepS) return { row: rowOf(task, problem, angles), step: 1 }
    return { row: rowOf(task, problem, angles, step, values), step }
  }
}
