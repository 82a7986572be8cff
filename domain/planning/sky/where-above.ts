import type { Interval } from '../interval.ts'

/** Where a quantity sampled at equal steps is above 0, with straight lines between the samples. */
export const whereAbove = (samples: ArrayLike<number>, stepS: number): Interval[] => {
  const parts: Interval[] = []
  let began: number | null = (samples[0] ?? 0) > 0 ? 0 : null
  for (let i = 1; i < samples.length; i++) {
    const a = samples[i - 1] ?? 0
    const b = samples[i] ?? 0
    if (a > 0 === b > 0) continue
    const at = (i - 1 + a / (a - b)) * stepS
    if (began === null) began = at
    else {
      parts.push([began, at])
      began = null
    }
  }
  if (began !== null) parts.push([began, (samples.length - 1) * stepS])
  return parts
}
