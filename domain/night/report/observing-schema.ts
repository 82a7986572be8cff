import { z } from 'zod'
import { observationAborted, sequenceMissed } from '#domain/observing/events.ts'

const instant = z.iso.datetime()
const seconds = z.number().nonnegative()

const observationSchema = z.object({
  sequenceId: z.string(),
  requestId: z.string(),
  name: z.string().describe('as the plan has it; the sequence’s id where no plan of the night names it'),
  attempt: z.number().int().positive(),
  scheduleVersion: z.number().int().positive(),
  from: instant,
  to: instant.nullable().describe('null while it goes on, and where its end was never said'),
  outcome: z.enum(['finished', 'aborted', 'running', 'no-end']),
  why: observationAborted.schema.shape.why.nullable(),
  detail: z.string().nullable(),
  imagesTaken: z.number().int().nonnegative(),
  imagesExpected: z.number().int().nonnegative(),
  openShutterS: seconds.describe('exposure of its images, all detectors together'),
  eventId: z.uuid().describe('its end, or its beginning while it has none: what to ask why of'),
})

export const observingSchema = z.object({
  observations: z.array(observationSchema),
  missed: z.array(sequenceMissed.schema.extend({ name: z.string(), at: instant, eventId: z.uuid() })),
  missedByWhy: z.record(z.string(), z.number().int()),
  totals: z.object({
    observations: z.number().int(),
    finished: z.number().int(),
    aborted: z.number().int(),
    abortedByWhy: z.record(z.string(), z.number().int()),
    missed: z.number().int(),
    images: z.number().int(),
    exposureS: z.record(z.string(), seconds).describe('by detector'),
    openShutterS: seconds.describe('of the detector that exposed longest: detectors work side by side'),
    efficiency: z
      .number()
      .nonnegative()
      .nullable()
      .describe('openShutterS ÷ dark time so far; null while it was not dark'),
  }),
})

export type ObservingAccount = z.output<typeof observingSchema>
