import { z } from 'zod'
import { controlModeSchema, observingSuspended, phaseSchema } from '../course-events.ts'

const instant = z.iso.datetime()
const seconds = z.number().nonnegative()

const phaseSpanSchema = z.object({
  phase: phaseSchema,
  from: instant,
  to: instant,
  sunAltitudeDeg: z.number().describe('at its beginning'),
})

const suspensionSchema = z.object({
  from: instant,
  to: instant.nullable().describe('null while it goes on'),
  suspendedS: seconds,
  causes: z
    .array(observingSuspended.schema.extend({ at: instant, eventId: z.uuid() }))
    .describe('the first, and what made it more than it was'),
  resumed: z.object({ detail: z.string(), verdictId: z.uuid().nullable(), eventId: z.uuid() }).nullable(),
})

const modeChangeSchema = z.object({
  at: instant,
  mode: controlModeSchema,
  previous: controlModeSchema,
  why: z.string(),
  by: z.string(),
  eventId: z.uuid(),
})

export const shutterSchema = z.enum(['open', 'moving', 'closed', 'unknown'])

const hoursSchema = z.object({
  dark: z
    .object({ from: instant, to: instant, passedS: seconds })
    .nullable()
    .describe('the Sun below −12° to −10°'),
  openS: seconds.describe('the roof wide open'),
  observingS: seconds.describe('an observation under way'),
  suspendedS: seconds,
  darkOpenS: seconds,
  darkObservingS: seconds,
  darkSuspendedS: seconds,
  idleS: seconds.describe('dark, open, not suspended, and nothing observed'),
  exposedS: seconds.describe('the roof not closed while the verdict was unsafe or unknown'),
})

export const courseSchema = z.object({
  openedAt: instant.nullable(),
  mode: controlModeSchema.nullable().describe('at the end'),
  phases: z.array(phaseSpanSchema),
  modeChanges: z.array(modeChangeSchema),
  suspensions: z.array(suspensionSchema),
  omitted: z.number().int().describe('mode changes and suspensions too many to list'),
  closed: z.object({ at: instant, summary: z.string() }).nullable(),
  hours: hoursSchema,
  roof: z.object({
    spans: z.array(z.object({ state: shutterSchema, from: instant, to: instant })),
    omitted: z.number().int(),
  }),
})

export type CourseAccount = z.output<typeof courseSchema>
export type Hours = z.output<typeof hoursSchema>
export type Shutter = z.output<typeof shutterSchema>
