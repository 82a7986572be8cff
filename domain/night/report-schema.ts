import { z } from 'zod'
import { flagSchema, quantityNameSchema, safetyStateSchema } from '#domain/environment/events.ts'
import { alertsSchema } from './report/alerts-schema.ts'
import { calibrationsSchema } from './report/calibrations-fold.ts'
import { courseSchema } from './report/course-schema.ts'
import { devicesSchema } from './report/devices-schema.ts'
import { imagesSchema } from './report/images-fold.ts'
import { notesSchema } from './report/notes-fold.ts'
import { observingSchema } from './report/observing-schema.ts'
import { scheduleSchema } from './report/schedule-fold.ts'

const instant = z.iso.datetime()
const seconds = z.number().nonnegative()

/** What held: a verdict, or that nobody was watching, which is as good as closed. */
export const heldSchema = z.enum([...safetyStateSchema.options, 'unwatched'])

const spentSchema = z.object({
  safe: seconds,
  warn: seconds,
  unsafe: seconds,
  unknown: seconds,
  unwatched: seconds.describe('no poll on record for longer than the weather may be trusted'),
})

const roofSchema = z.object({
  from: instant,
  to: instant,
  /** Shorter than the whole while the night is still on. */
  passedS: seconds,
  couldOpenS: seconds.describe('safe or warn, with the sun down'),
  lostS: seconds.describe('unsafe, unknown or unwatched, with the sun down'),
  wasOpenS: seconds
    .nullable()
    .describe('the roof wide open with the sun down; null without any word from the dome'),
  spentS: spentSchema,
  lostTo: z.array(
    z.object({
      quantity: quantityNameSchema,
      unsafeS: seconds,
      unknownS: seconds,
      aloneS: seconds.describe('lost to this quantity and to no other'),
    }),
  ),
})

const statisticSchema = z.object({
  name: z.string(),
  unit: z.string(),
  min: z.number(),
  minAt: instant,
  max: z.number(),
  maxAt: instant,
  mean: z.number(),
  samples: z.number().int().positive(),
})

const rainSchema = z.object({
  from: instant,
  to: instant,
  maxMmH: z.number().nullable().describe('null where only a contact told'),
  polls: z.number().int().positive(),
})

const plcSchema = z.object({
  outages: z.array(
    z.object({ from: instant, to: instant.nullable(), outageS: seconds, detail: z.string().nullable() }),
  ),
  outagesOmitted: z.number().int(),
  rejected: z.object({
    count: z.number().int(),
    byReason: z.record(z.string(), z.number().int()),
    first: z.array(z.object({ at: instant, eventId: z.uuid(), reason: z.string(), detail: z.string() })),
  }),
})

const flagSummarySchema = flagSchema.extend({
  polls: z.number().int().positive(),
  firstAt: instant,
  lastAt: instant,
})

const spanSchema = z.object({ state: heldSchema, from: instant, to: instant })

const trackSchema = z.object({
  quantity: quantityNameSchema,
  unit: z.string(),
  limit: z.number().nullable().describe('the unsafe limit as the last judgement of the night had it'),
  points: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).describe('step, min, mean, max'),
})

export const nightReportSchema = z
  .object({
    site: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }),
    night: z.iso.date(),
    begins: instant,
    ends: instant,
    asOf: instant.describe('the report’s end: the end of the night, or when it was asked for'),
    events: z.object({
      count: z.number().int(),
      simulated: z.number().int(),
      firstAt: instant,
      lastAt: instant,
      byType: z.record(z.string(), z.number().int()),
    }),
    rulesVersions: z.array(z.string()),
    notOnRecord: z.array(z.string()).describe('what else a night has, of which there is no event'),
    spentS: spentSchema.describe('of the whole night, from its first event on'),
    roof: roofSchema.nullable().describe('null where the sun does not set'),
    verdicts: z.object({ changes: z.number().int(), spans: z.array(spanSchema), omitted: z.number().int() }),
    weather: z.array(statisticSchema),
    rain: z.array(rainSchema),
    plc: plcSchema,
    flags: z.array(flagSummarySchema),
    flagsOmitted: z.number().int(),
    course: courseSchema,
    observing: observingSchema,
    schedule: scheduleSchema,
    alerts: alertsSchema,
    devices: devicesSchema,
    calibrations: calibrationsSchema,
    notes: notesSchema,
    images: imagesSchema,
    timeline: z.object({ from: instant, stepS: z.number(), steps: z.number(), tracks: z.array(trackSchema) }),
  })
  .meta({ id: 'NightReport' })

export type NightReport = z.output<typeof nightReportSchema>
export type Held = z.output<typeof heldSchema>
export type SpentS = z.output<typeof spentSchema>
