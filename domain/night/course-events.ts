import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

export const phases = [
  'day',
  'opening',
  'evening-flats',
  'focusing',
  'observing',
  'morning-flats',
  'closing',
  'calibrations',
] as const
export const controlModes = ['automatic', 'manual', 'engineering'] as const
export const phaseSchema = z.enum(phases)
export const controlModeSchema = z.enum(controlModes)

export const nightOpened = defineEvent('NightOpened', {
  version: 1,
  schema: z.object({
    /** Instants at which the Sun's centre passes the altitudes of safety.md, by phase; null where it never does. */
    phasesAt: z.partialRecord(phaseSchema, z.iso.datetime().nullable()),
    mode: controlModeSchema,
  }),
})
export const nightPhaseEntered = defineEvent('NightPhaseEntered', {
  version: 1,
  schema: z.object({ phase: phaseSchema, previous: phaseSchema.nullable(), sunAltitudeDeg: z.number() }),
})
/** No observing until resumed; the roof closes where the reason says so. */
export const observingSuspended = defineEvent('ObservingSuspended', {
  version: 1,
  schema: z.object({
    why: z.enum(['weather', 'device', 'mode', 'person', 'restart']),
    detail: z.string(),
    verdictId: z.uuid().nullable(),
    closesRoof: z.boolean(),
  }),
})
export const observingResumed = defineEvent('ObservingResumed', {
  version: 1,
  schema: z.object({
    detail: z.string(),
    verdictId: z.uuid().nullable(),
    suspendedS: z.number().nonnegative(),
  }),
})
export const controlModeChanged = defineEvent('ControlModeChanged', {
  version: 1,
  schema: z.object({ mode: controlModeSchema, previous: controlModeSchema, why: z.string() }),
})
export const nightClosed = defineEvent('NightClosed', {
  version: 1,
  schema: z.object({
    observations: z.int().nonnegative(),
    openS: z.number().nonnegative(),
    summary: z.string(),
  }),
})

export const courseEvents = [
  nightOpened,
  nightPhaseEntered,
  observingSuspended,
  observingResumed,
  controlModeChanged,
  nightClosed,
] as const

export type CourseEvent = EventOf<(typeof courseEvents)[number]>
export type Phase = z.output<typeof phaseSchema>
export type ControlMode = z.output<typeof controlModeSchema>
