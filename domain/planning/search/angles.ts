import type { Rotation } from './task.ts'

/** Cosines and sines of the sidereal angle at equal steps: computed once, used for every task. */
export type Angles = {
  readonly stepS: number
  readonly count: number
  readonly cos: Float64Array
  readonly sin: Float64Array
}

export const anglesOver = (rotation: Rotation, untilS: number, stepS: number): Angles => {
  const count = Math.floor(untilS / stepS) + 1
  const cos = new Float64Array(count)
  const sin = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    const angle = rotation.angleRad + rotation.rateRadS * k * stepS
    cos[k] = Math.cos(angle)
    sin[k] = Math.sin(angle)
  }
  return { stepS, count, cos, sin }
}
