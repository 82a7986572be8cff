import { z } from 'zod'
import { detectorSchema } from '#domain/requests/sequence.ts'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

const attempt = z.int().positive()
const about = { sequenceId: z.string(), requestId: z.string(), attempt }

/** The observer has begun with a sequence: from here on the planner does not move it. */
export const observationStarted = defineEvent('ObservationStarted', {
  version: 1,
  schema: z.object({
    ...about,
    scheduleVersion: z.int().positive(),
    endsExpectedAt: z.iso.datetime(),
    imagesExpected: z.int().nonnegative(),
    /** The events that it rests on: the schedule that has it, and the request that asks for it. */
    scheduleId: z.uuid().optional(),
    requestEventId: z.uuid().optional(),
  }),
})

const plan = { ...about, detector: detectorSchema, album: z.string(), plan: z.string() }

export const planStarted = defineEvent('PlanStarted', {
  version: 1,
  schema: z.object({
    ...plan,
    filter: z.string(),
    images: z.int().positive(),
    exposureS: z.number().positive(),
  }),
})

export const imageAcquired = defineEvent('ImageAcquired', {
  version: 1,
  schema: z.object({
    ...plan,
    imageId: z.string(),
    /** The beginning of its observation. */
    startedId: z.uuid().optional(),
    number: z.int().positive(),
    filter: z.string(),
    exposureS: z.number().positive(),
    startedAt: z.iso.datetime(),
    /** Relative to the data folder. */
    file: z.string(),
    sha256: z.string(),
    bytes: z.int().positive(),
    raDeg: z.number().nullable(),
    decDeg: z.number().nullable(),
    altitudeDeg: z.number().nullable(),
    airmass: z.number().nullable(),
    detectorTemperatureC: z.number().nullable(),
  }),
})

export const planFinished = defineEvent('PlanFinished', {
  version: 1,
  schema: z.object({ ...plan, imagesTaken: z.int().nonnegative() }),
})

const outcome = {
  /** The beginning of it. */
  startedId: z.uuid().optional(),
  imagesTaken: z.int().nonnegative(),
  imagesExpected: z.int().nonnegative(),
  openShutterS: z.number().nonnegative(),
}

export const observationFinished = defineEvent('ObservationFinished', {
  version: 1,
  schema: z.object({ ...about, ...outcome }),
})

export const observationAborted = defineEvent('ObservationAborted', {
  version: 1,
  schema: z.object({
    ...about,
    ...outcome,
    why: z.enum([
      'weather',
      'alert',
      'person',
      'device',
      'no-progress',
      'night-over',
      'withdrawn',
      'restart',
    ]),
    detail: z.string(),
  }),
})

/** Its time came and nothing was begun. */
export const sequenceMissed = defineEvent('SequenceMissed', {
  version: 1,
  schema: z.object({
    sequenceId: z.string(),
    requestId: z.string(),
    scheduleVersion: z.int().positive(),
    why: z.enum(['dome-closed', 'busy', 'suspended', 'manual', 'device', 'too-late']),
    detail: z.string(),
  }),
})

export const observingEvents = [
  observationStarted,
  planStarted,
  imageAcquired,
  planFinished,
  observationFinished,
  observationAborted,
  sequenceMissed,
] as const

export type ImageAcquired = EventOf<typeof imageAcquired>
export type ObservationFinished = EventOf<typeof observationFinished>
export type ObservationAborted = EventOf<typeof observationAborted>
export type ObservingEvent = EventOf<(typeof observingEvents)[number]>
