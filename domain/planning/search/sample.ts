import { type Angles, anglesOver } from './angles.ts'
import { blockOf, priceStepS } from './prices.ts'
import type { Problem } from './problem.ts'
import { qualityAtAngle } from './quality.ts'
import { leastSetupS } from './setup.ts'
import { mayStart, type Task } from './task.ts'

/**
 * Worth at the starts whose block begins or ends on a boundary of five minutes, and at the ends of the windows: between
 * those the cost of time is linear, so that nothing much better lies between them.
 */
export type Sample = {
  readonly task: Task
  readonly blockS: number
  readonly starts: Float64Array
  readonly values: Float64Array
  /** The largest of the values. */
  readonly most: number
}

const sampleOf = (task: Task, setupS: number, problem: Problem, angles: Angles): Sample => {
  const { angleRad, rateRadS } = problem.rotation
  const blockS = blockOf(task, setupS, problem.gridS)
  const starts: number[] = []
  const values: number[] = []
  const add = (atS: number, cos: number, sin: number): void => {
    starts.push(atS)
    values.push(task.worth * qualityAtAngle(task, atS, cos, sin))
  }
  const addExactly = (atS: number): void => {
    const angle = angleRad + rateRadS * atS
    add(atS, Math.cos(angle), Math.sin(angle))
  }
  const offsets = [setupS % priceStepS, (((setupS - blockS) % priceStepS) + priceStepS) % priceStepS]
  const [low = 0, high = 0] = offsets.toSorted((x, y) => x - y)
  const turns = (low === high ? [low] : [low, high]).map((offset) => ({
    offset,
    cos: Math.cos(rateRadS * offset),
    sin: Math.sin(rateRadS * offset),
  }))
  for (const [from, until] of task.starts) {
    addExactly(from)
    const last = Math.min(angles.count - 1, Math.floor(until / priceStepS))
    for (let k = Math.max(0, Math.floor(from / priceStepS)); k <= last; k++)
      for (const { offset, cos, sin } of turns) {
        const atS = k * priceStepS + offset
        if (atS <= from || atS >= until) continue
        const c = angles.cos[k] ?? 0
        const s = angles.sin[k] ?? 0
        add(atS, c * cos - s * sin, s * cos + c * sin)
      }
    if (until > from) addExactly(until)
  }
  if (task.preferredS !== null && mayStart(task, task.preferredS)) addExactly(task.preferredS)
  const most = values.reduce((best, value) => Math.max(best, value), 0)
  return { task, blockS, starts: Float64Array.from(starts), values: Float64Array.from(values), most }
}

export const samplesOf = (problem: Problem): Sample[] => {
  const angles = anglesOver(problem.rotation, problem.untilS, priceStepS)
  const setupS = leastSetupS(problem.setup)
  return problem.tasks.map((task) => sampleOf(task, setupS, problem, angles))
}
