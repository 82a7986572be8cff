import { z } from 'zod'

/** So many exposures, from the start of one to the start of the next at least and at most so many seconds. */
export const cadenceSchema = z
  .object({ times: z.int().min(2), minGapS: z.number().nonnegative(), maxGapS: z.number().positive() })
  .refine(({ minGapS, maxGapS }) => minGapS <= maxGapS, {
    error: 'the least gap is larger than the largest',
    path: ['minGapS'],
  })

export type Cadence = z.output<typeof cadenceSchema>
