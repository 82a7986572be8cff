import { z } from 'zod'
import type { Interval } from './interval.ts'

/** So many exposures, from the start of one to the start of the next at least and at most so many seconds. */
export const cadenceSchema = z
  .object({ times: z.int().min(2), minGapS: z.number().nonnegative(), maxGapS: z.number().positive() })
  .refine(({ minGapS, maxGapS }) => minGapS <= maxGapS, {
    error: 'the least gap is larger than the largest',
    path: ['minGapS'],
  })

export type Cadence = z.output<typeof cadenceSchema>

/** What of a cadence is still to come: how many, and when the next may start, in seconds of the night. */
export type Due = { readonly left: number; readonly starts: Interval }

const always: Interval = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]

/** The next exposure after those before. One that was missed is due at once: late is better than never. */
export const dueAfter = (cadence: Cadence | null, previousS: readonly number[], fromS: number): Due => {
  if (!cadence) return { left: 1, starts: always }
  const left = Math.max(0, cadence.times - previousS.length)
  if (previousS.length === 0) return { left, starts: always }
  const lastS = Math.max(...previousS)
  const latest = lastS + cadence.maxGapS
  return { left, starts: [lastS + cadence.minGapS, latest < fromS ? Number.POSITIVE_INFINITY : latest] }
}
