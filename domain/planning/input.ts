import { z } from 'zod'
import { siteSchema } from '../shared/site.ts'
import { epochMsOf } from '../shared/time.ts'
import { cadenceSchema } from './cadence.ts'
import { rulesSchema } from './rules.ts'
import { horizonSchema } from './sky/horizon.ts'
import { targetSchema } from './target.ts'
import { setupSchema } from './telescope.ts'
import { tiers } from './tiers.ts'

export const instant = z.iso.datetime({ error: 'not an instant in UTC like 2026-12-13T04:30:00Z' })

/** From an instant to a later one; an end left out is open. */
export const windowSchema = z
  .strictObject({ from: instant.optional(), until: instant.optional() })
  .refine(({ from, until }) => !from || !until || epochMsOf(from) < epochMsOf(until), {
    error: ({ input }) => {
      const { from, until } = windowEnds.parse(input)
      return `the window is reversed: it ends at ${until}, before it starts at ${from}`
    },
  })
const windowEnds = z.object({ from: z.string(), until: z.string() })

export const constraintsSchema = z.strictObject({
  /** The telescope cannot point below 10°. */
  minAltitudeDeg: z.number().min(10).max(85).default(30),
  /** An alt-azimuth mount cannot follow through the zenith. */
  maxAltitudeDeg: z.number().min(0).max(90).default(88),
  maxAirmass: z.number().min(1).max(20).optional(),
  /** So many sidereal hours from the meridian, at most. */
  maxHourAngleH: z.number().positive().max(12).optional(),
  minMoonSeparationDeg: z.number().min(0).max(180).default(30),
  /** 0 to 1; counts while the Moon is up. */
  maxMoonIllumination: z.number().min(0).max(1).optional(),
  /** Altitude of the Sun's centre, without refraction. */
  maxSunAltitudeDeg: z.number().min(-90).max(90).default(-12),
})

/** The same without the defaults, for what says some of it. */
export const someConstraintsSchema = z.strictObject({
  ...constraintsSchema.shape,
  minAltitudeDeg: constraintsSchema.shape.minAltitudeDeg.unwrap().optional(),
  maxAltitudeDeg: constraintsSchema.shape.maxAltitudeDeg.unwrap().optional(),
  minMoonSeparationDeg: constraintsSchema.shape.minMoonSeparationDeg.unwrap().optional(),
  maxSunAltitudeDeg: constraintsSchema.shape.maxSunAltitudeDeg.unwrap().optional(),
})

export const idSchema = z.string().min(1).max(200)

export const candidateSchema = z.strictObject({
  id: idSchema,
  name: z.string().optional(),
  /** Order of submission: of twins the first is planned. */
  submitted: z.int().nonnegative().default(0),
  /** 1 is the best, 100 the last. */
  priority: z.int().min(1).max(100),
  tier: z.enum(tiers).default('normal'),
  durationS: z.number().positive('a duration is a positive number of seconds').max(86_400),
  /** Null for what needs no sky: calibrations, tests. */
  target: targetSchema.nullable(),
  /** None means any time. */
  windows: z.array(windowSchema).default([]),
  constraints: constraintsSchema.prefault({}),
  preferredAt: instant.nullable().default(null),
  /** This far from the preferred time the quality is at its least. */
  preferredToleranceS: z.number().positive().default(3600),
  /** How often, and how long from one start to the next; once when null. */
  cadence: cadenceSchema.nullable().default(null),
  /** When it was observed before: the candidate stands for the next that is due. */
  previousStarts: z.array(instant).default([]),
  /** Observed as soon as can be, whatever runs. */
  alert: z.boolean().default(false),
  /** Of alerts: the lower one has the telescope, and ends what runs of a higher one. */
  alertLevel: z.int().positive().default(1),
  user: idSchema.optional(),
  country: idSchema.optional(),
  programme: idSchema.optional(),
  /** Seconds charged to quotas, where they are not the duration. */
  chargeS: z.number().nonnegative().optional(),
  filterIn: z.string().nullable().default(null),
  filterOut: z.string().nullable().default(null),
})

export const quotaLevels = ['user', 'country', 'programme'] as const

export const quotaSchema = z.strictObject({
  level: z.enum(quotaLevels),
  id: idSchema,
  /** What may still be charged this night, after what is spent and reserved elsewhere. */
  leftS: z.number().nonnegative(),
  /** What it has used, and its fair share of what was used by all: beyond it, what it asks for counts less. */
  usedS: z.number().nonnegative().optional(),
  shareS: z.number().positive().optional(),
})

export const fixedSchema = z.strictObject({
  id: idSchema,
  startsAt: instant,
  endsAt: instant,
  target: targetSchema.nullable().default(null),
  /** An alert is aborted for one of a lower level alone. */
  alert: z.boolean().default(false),
  alertLevel: z.int().positive().default(1),
})

export const closureSchema = z.strictObject({ from: instant, until: instant, why: z.string() })

const later = (a: string, b: string): boolean => epochMsOf(a) < epochMsOf(b)

/** Everything a plan rests on. The same input gives the same plan, byte for byte, whatever its order. */
export const planInputSchema = z
  .strictObject({
    site: siteSchema,
    /** The local date of the evening. */
    night: z.iso.date('a night is a date like 2026-12-12: the local date of its evening'),
    /** The stretch to plan, where it is not the time of darkness. */
    bounds: z.strictObject({ from: instant, until: instant }).optional(),
    /** Now: nothing starts before. */
    from: instant.optional(),
    horizon: horizonSchema.default([]),
    /** Times the dome is closed, or is expected to stay closed. */
    closures: z.array(closureSchema).default([]),
    setup: setupSchema.prefault({ kind: 'slewing' }),
    candidates: z.array(candidateSchema),
    quotas: z.array(quotaSchema).default([]),
    /** What runs already, or must not move. */
    fixed: z.array(fixedSchema).default([]),
    /** Where the previous plan put things, for stability. */
    previous: z.array(z.strictObject({ id: idSchema, startsAt: instant })).default([]),
    rules: rulesSchema.prefault({}),
  })
  .superRefine(({ candidates, bounds, closures, fixed }, context) => {
    const seen = new Map<string, number>()
    candidates.forEach(({ id }, i) => {
      const first = seen.get(id)
      if (first !== undefined)
        context.addIssue({
          code: 'custom',
          path: ['candidates', i, 'id'],
          message: `${JSON.stringify(id)} is the id of candidates[${first}] already`,
        })
      seen.set(id, i)
    })
    if (bounds && !later(bounds.from, bounds.until))
      context.addIssue({ code: 'custom', path: ['bounds'], message: 'the night ends before it starts' })
    closures.forEach(({ from, until }, i) => {
      if (!later(from, until))
        context.addIssue({ code: 'custom', path: ['closures', i], message: 'it ends before it starts' })
    })
    fixed.forEach(({ startsAt, endsAt }, i) => {
      if (!later(startsAt, endsAt))
        context.addIssue({ code: 'custom', path: ['fixed', i], message: 'it ends before it starts' })
    })
  })

export type PlanInput = z.output<typeof planInputSchema>
export type PlanInputGiven = z.input<typeof planInputSchema>
export type Candidate = PlanInput['candidates'][number]
export type Constraints = Candidate['constraints']
export type QuotaLevel = (typeof quotaLevels)[number]
