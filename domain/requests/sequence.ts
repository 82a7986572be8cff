import { z } from 'zod'
import { constraintsSchema } from '#domain/planning/input.ts'

const instant = z.iso.datetime()

export const detectorSchema = z.enum(['visible', 'infrared'])

/** Exposures through one filter: `images` times `exposureS`. */
export const exposurePlanSchema = z.object({
  name: z.string(),
  filter: z.string(),
  exposureS: z.number().positive(),
  images: z.int().positive(),
})

/** What one detector does, plan after plan. */
export const albumSchema = z.object({
  name: z.string(),
  detector: detectorSchema,
  plans: z.array(exposurePlanSchema).min(1),
})

/** ICRS at epoch J2000. */
export const skyTargetSchema = z.object({
  name: z.string(),
  raDeg: z.number().min(0).lt(360),
  decDeg: z.number().min(-90).max(90),
  properMotion: z.object({ raMasYear: z.number(), decMasYear: z.number() }).optional(),
})

/** A sequence as it stands in the log: everything resolved, so that planner and observer need nothing else. */
export const sequenceSchema = z.object({
  /** `<request>.<n>`, n from 1. */
  id: z.string(),
  name: z.string(),
  /** Null for what needs no sky. */
  target: skyTargetSchema.nullable(),
  durationS: z.number().positive(),
  /** 1 is the best, 100 the last. */
  priority: z.int().min(1).max(100),
  tier: z.enum(['alert', 'time-critical', 'normal', 'filler']),
  windows: z.array(z.object({ from: instant.nullable(), until: instant.nullable() })),
  constraints: constraintsSchema,
  preferredAt: instant.nullable(),
  preferredToleranceS: z.number().positive(),
  /** How often, and how long from one start to the next; once when null. */
  cadence: z
    .object({ times: z.int().min(2), minGapS: z.number().nonnegative(), maxGapS: z.number().positive() })
    .nullable(),
  /** Done when at least this share of its images is taken, 0 to 1. */
  minQuality: z.number().min(0).max(1),
  albums: z.array(albumSchema),
})

export type Sequence = z.output<typeof sequenceSchema>
export type Album = z.output<typeof albumSchema>
export type ExposurePlan = z.output<typeof exposurePlanSchema>
export type Detector = z.output<typeof detectorSchema>
