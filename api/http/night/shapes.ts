import { z } from 'zod'
import { controlModeSchema, phaseSchema } from '#domain/night/course-events.ts'

const instant = z.iso.datetime()

const phasesAtSchema = z.record(z.string(), instant.nullable())

/** A night's row as it is shown. */
export const nightShown = <Row extends { readonly phases_at: unknown }>({ phases_at, ...rest }: Row) => ({
  ...rest,
  phases_at: phasesAtSchema.parse(phases_at),
})

export const nightSchema = z
  .object({
    site: z.string(),
    night: z.iso.date().describe('the local date of its evening'),
    opened_at: instant,
    phases_at: phasesAtSchema.describe('when the Sun begins each phase; null where it never does'),
    phase: z.string().nullable().describe(phaseSchema.options.join(', ')),
    phase_since: instant.nullable(),
    mode: z.string().describe(controlModeSchema.options.join(', ')),
    mode_since: instant,
    mode_why: z.string().nullable(),
    suspended_why: z.string().nullable().describe('why observing is suspended; null when it is not'),
    suspended_detail: z.string().nullable(),
    suspended_since: instant.nullable(),
    suspended_event: z.string().nullable().describe('the event to ask why of'),
    suspensions: z.number().int(),
    closed_at: instant.nullable(),
    open_s: z.number().nullable().describe('s that the roof was open'),
    summary: z.string().nullable(),
  })
  .meta({ id: 'Night' })

export const observationSchema = z
  .object({
    sequence_id: z.string(),
    attempt: z.number().int(),
    request_id: z.string(),
    site: z.string(),
    night: z.iso.date(),
    schedule_version: z.number().int(),
    started_at: instant,
    ends_expected_at: instant,
    ended_at: instant.nullable(),
    state: z.string().describe('running, finished or aborted'),
    why: z.string().nullable().describe('why it was aborted'),
    detail: z.string().nullable(),
    images_expected: z.number().int(),
    images_taken: z.number().int(),
    open_shutter_s: z.number().nullable().describe('s of exposure, all detectors together'),
  })
  .meta({ id: 'Observation' })

export const missedSchema = z
  .object({
    event_id: z.string(),
    sequence_id: z.string(),
    request_id: z.string(),
    site: z.string(),
    night: z.iso.date(),
    schedule_version: z.number().int(),
    missed_at: instant,
    why: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'MissedSequence' })

const roofSchema = z.object({
  site: z.string(),
  shutter: z.string().describe('what its controller believes'),
  open_switch: z.boolean(),
  closed_switch: z.boolean(),
  since: instant,
})

export const placedSchema = z.object({
  sequence_id: z.string(),
  request_id: z.string(),
  name: z.string(),
  starts_at: instant,
  ends_at: instant,
})

export const nowSchema = z
  .object({
    at: instant,
    now: z.string().describe('one sentence: what is done now, and why'),
    night: nightSchema.nullable().describe('null before the first night'),
    roof: roofSchema.nullable(),
    observing: observationSchema.nullable(),
    next: placedSchema.nullable().describe('of the schedule'),
  })
  .meta({ id: 'NightNow' })
