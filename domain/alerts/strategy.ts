import { z } from 'zod'
import { someConstraintsSchema } from '#domain/planning/input.ts'
import { albumSchema } from '#domain/requests/sequence.ts'

const constraintsSchema = someConstraintsSchema

/** Which triggers a strategy is about; a list that is left out asks for nothing. */
const matchSchema = z.strictObject({
  missions: z.array(z.string().min(1)).min(1),
  instruments: z.array(z.string().min(1)).optional(),
  noticeTypes: z.array(z.string().min(1)).optional(),
  /** The 90 % radius from which on, and up to which, this strategy is the right one. */
  radiusFromDeg: z.number().nonnegative().optional(),
  radiusBelowDeg: z.number().positive().optional(),
})

const gatesSchema = z.strictObject({
  /** 90 % radius. */
  maxErrorRadiusDeg: z.number().positive().max(180),
  /** From the event to the moment of the reaction; a notice's delay counts. */
  maxAgeS: z.number().positive(),
  minGalacticLatitudeDeg: z.number().min(0).max(90).optional(),
  maxFalseAlarmRateHz: z.number().positive().optional(),
  minSignalToNoise: z.number().positive().optional(),
  /** Where the mission says whether it is significant, it must be. */
  significantOnly: z.boolean().default(false),
  /** Hints of a false alarm that shut the gate; others are noted only. */
  refusedHints: z.array(z.string()).default([]),
  /** How long the target must be observable before the validity ends, in this night. */
  minVisibleS: z.number().nonnegative().default(300),
  maxPerNight: z.int().positive(),
  /** Of one mission: what one author's flood or fault may use up of the night. Without it, all of `maxPerNight`. */
  maxPerNightOfMission: z.int().positive().optional(),
})

const patternSchema = z.discriminatedUnion('kind', [
  /** The place in the middle of the field. */
  z.strictObject({ kind: z.literal('centred') }),
  /** Fields side by side over the 90 % circle, the middle first. */
  z.strictObject({
    kind: z.literal('tiles'),
    fieldDeg: z.number().positive().max(10),
    /** Share of a field that its neighbour sees too. */
    overlap: z.number().min(0).max(0.5).default(0.1),
    maxTiles: z.int().min(1).max(100),
  }),
])

const askSchema = z.strictObject({
  pattern: patternSchema,
  albums: z.array(albumSchema).min(1),
  /** Time per exposure for reading out and dithering. */
  overheadS: z.number().nonnegative().default(5),
  priority: z.int().min(1).max(100),
  /** Of two alerts that want the telescope the one with the lower level has it. */
  level: z.int().positive(),
  /** From the reaction on; nothing starts later. */
  validS: z.number().positive(),
  constraints: constraintsSchema.default({}),
  cadence: z
    .strictObject({
      times: z.int().min(2),
      minGapS: z.number().nonnegative(),
      maxGapS: z.number().positive(),
    })
    .nullable()
    .default(null),
  minQuality: z.number().min(0).max(1).default(0.5),
  programmeId: z.string().min(1).default('alerts'),
  userId: z.string().min(1).default('alerts'),
})

/** What to do about which triggers: data, adopted by an event, so that the next notice is judged by it. */
export const strategySchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name is lower-case words with dashes, e.g. grb-prompt')
    .max(60),
  description: z.string().default(''),
  enabled: z.boolean().default(true),
  /** The first that matches and lets it pass decides; lowest first. */
  order: z.int().default(100),
  match: matchSchema,
  gates: gatesSchema,
  request: askSchema,
  policy: z
    .strictObject({
      /** What a better place does to a request that runs already. */
      refinedWhileRunning: z.enum(['leave', 'revise']).default('revise'),
      /** A place must move this share of the 90 % radius, or the radius shrink below it, to be worth a revision. */
      worthRevising: z.number().min(0).max(1).default(0.5),
      retractedWhileRunning: z.enum(['finish', 'stop']).default('stop'),
    })
    .prefault({}),
  /** Whether test notices are played through on simulated devices. */
  drill: z.boolean().default(false),
})

export type Strategy = z.output<typeof strategySchema>
export type StrategyGiven = z.input<typeof strategySchema>
