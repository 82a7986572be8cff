import { clipped, sampled } from '../clipped.ts'

export type Combined = {
  readonly pixels: Float32Array
  /** Values that were left out. */
  readonly rejected: number
}

const kappa = 5
const samples = 20_000

/**
 * The noise of one frame of a stack, by the difference of two: their own differences are few of all pixels, and a clipped
 * deviation does not see them. 0 for a single frame.
 */
export const noiseOfStack = ([one, other]: readonly Float32Array[]): number => {
  if (!one || !other) return 0
  const [a, b] = [sampled(one, samples), sampled(other, samples)]
  for (let at = 0; at < a.length; at++) a[at] = (a[at] ?? 0) - (b[at] ?? 0)
  return clipped(a).sigma / Math.SQRT2
}

const medianOf = (values: Float32Array): number => {
  values.sort()
  const half = values.length >> 1
  return values.length % 2 === 1 ? (values[half] ?? 0) : ((values[half - 1] ?? 0) + (values[half] ?? 0)) / 2
}

/**
 * Frames of the same thing as one: at each pixel the mean of what is within five deviations of the median, so that a
 * cosmic ray in one frame is not in the result. With a handful of frames a pixel's own deviation says nothing (of three
 * values none can be further than 1.2 of it from the mean), so the frames' noise is taken for all (Howell, Handbook of
 * CCD Astronomy, section 4.5, has the plain mean and median).
 */
export const combine = (stack: readonly Float32Array[], noise: number): Combined => {
  const length = stack[0]?.length ?? 0
  const pixels = new Float32Array(length)
  const values = new Float32Array(stack.length)
  const mayReject = stack.length > 2 && noise > 0
  let rejected = 0
  for (let at = 0; at < length; at++) {
    let sum = 0
    for (let frame = 0; frame < stack.length; frame++) {
      const value = stack[frame]?.[at] ?? 0
      values[frame] = value
      sum += value
    }
    const mean = sum / stack.length
    pixels[at] = mean
    if (!mayReject) continue
    const middle = medianOf(values)
    if (Math.abs(mean - middle) * stack.length < kappa * noise) continue
    let [keptSum, kept] = [0, 0]
    for (const value of values)
      if (Math.abs(value - middle) <= kappa * noise) {
        keptSum += value
        kept++
      }
    rejected += stack.length - kept
    pixels[at] = kept > 0 ? keptSum / kept : middle
  }
  return { pixels, rejected }
}
