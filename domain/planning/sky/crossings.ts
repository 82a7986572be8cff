import type { Interval } from '../interval.ts'

const rootTolerance = 0.01

const root = (f: (atS: number) => number, from: number, until: number): number => {
  let [low, high] = [from, until]
  const rising = f(high) > 0
  while (high - low > rootTolerance) {
    const middle = (low + high) / 2
    if (f(middle) > 0 === rising) high = middle
    else low = middle
  }
  return (low + high) / 2
}

/** Where a function that changes slowly against the step is positive, from 0 to an end. */
export const crossings = (f: (atS: number) => number, untilS: number, stepS: number): Interval[] => {
  const positive: Interval[] = []
  let began: number | null = f(0) > 0 ? 0 : null
  for (let atS = 0; atS < untilS; atS += stepS) {
    const next = Math.min(untilS, atS + stepS)
    const now = f(next) > 0
    if (now && began === null) began = root(f, atS, next)
    if (!now && began !== null) {
      positive.push([began, root(f, atS, next)])
      began = null
    }
  }
  if (began !== null) positive.push([began, untilS])
  return positive
}
