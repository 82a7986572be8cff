import { z } from 'zod'
import { idSchema, instant, someConstraintsSchema, windowSchema } from '#domain/planning/input.ts'
import { decSchema, raSchema } from '#domain/planning/target.ts'
import { detectorSchema } from './sequence.ts'

const dayS = 86_400
const priority = z.int().min(1).max(100)
const windows = z.array(windowSchema).max(100)

const planSchema = z.strictObject({
  name: idSchema.optional(),
  filter: idSchema,
  exposureS: z.number().positive('an exposure is a positive number of seconds').max(dayS),
  images: z.int().positive().max(100_000).default(1),
})

const albumSchema = z.strictObject({
  name: idSchema.optional(),
  detector: detectorSchema,
  plans: z.array(planSchema).min(1).max(100),
})

const targetSchema = z
  .strictObject({
    name: idSchema.optional(),
    ra: raSchema,
    dec: decSchema,
    properMotion: z.strictObject({ raMasYear: z.number(), decMasYear: z.number() }).optional(),
  })
  .transform(({ ra, dec, ...rest }) => ({ raDeg: ra % 360, decDeg: dec, ...rest }))

const cadenceSchema = z
  .strictObject({
    times: z.int().min(2).max(10_000),
    minGapS: z.number().nonnegative(),
    maxGapS: z.number().positive(),
  })
  .refine(({ minGapS, maxGapS }) => minGapS <= maxGapS, {
    error: 'minGapS is longer than maxGapS',
    path: ['minGapS'],
  })

const sequenceSchema = z
  .strictObject({
    name: idSchema,
    /** Null for what needs no sky: calibrations, tests. */
    target: targetSchema.nullable(),
    /** As long as its longest album where it is not given. */
    durationS: z.number().positive('a duration is a positive number of seconds').max(dayS).optional(),
    priority: priority.optional(),
    tier: z.enum(['time-critical', 'normal', 'filler']).default('normal'),
    windows: windows.optional(),
    constraints: someConstraintsSchema.optional(),
    preferredAt: instant.nullable().default(null),
    preferredToleranceS: z.number().positive().default(3600),
    cadence: cadenceSchema.nullable().default(null),
    minQuality: z.number().min(0).max(1).default(0.9),
    albums: z.array(albumSchema).max(10).default([]),
  })
  .refine(({ durationS, albums }) => durationS !== undefined || albums.length > 0, {
    error: 'it has neither a durationS nor an album that gives one',
    path: ['durationS'],
  })

/** Without the check across its sequences, for what adds to it. */
export const requestFormFields = z.strictObject({
  name: idSchema,
  /** Who asks; the giver of the command where it is left out. */
  user: idSchema.optional(),
  country: idSchema.optional(),
  programme: idSchema.optional(),
  targetType: idSchema.default('science'),
  /** These three hold for every sequence that does not say otherwise. */
  priority: priority.optional(),
  windows: windows.optional(),
  constraints: someConstraintsSchema.optional(),
  sequences: z.array(sequenceSchema).min(1, 'a request has at least one sequence').max(100),
})

/** A request as an astronomer writes it: JSON for the API, for `noctuary request submit` and in the file of `noctuary plan`. */
export const requestFormSchema = requestFormFields.superRefine(({ sequences }, context) => {
  sequences.forEach(({ name }, i) => {
    const first = sequences.findIndex((other) => other.name === name)
    if (first !== i)
      context.addIssue({
        code: 'custom',
        path: ['sequences', i, 'name'],
        message: `${JSON.stringify(name)} is the name of sequences[${first}] already`,
      })
  })
})

export type RequestForm = z.output<typeof requestFormSchema>
export type RequestFormGiven = z.input<typeof requestFormSchema>
export type SequenceForm = RequestForm['sequences'][number]

/** Priority of what asks for none. */
export const usualPriority = 50
