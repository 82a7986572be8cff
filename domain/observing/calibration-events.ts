import { z } from 'zod'
import { detectorSchema } from '#domain/requests/sequence.ts'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

export const calibrationKinds = ['flat', 'dark', 'bias'] as const
export const calibrationKindSchema = z.enum(calibrationKinds)
export type CalibrationKind = z.output<typeof calibrationKindSchema>

/** An image of nothing in the sky, by which others are corrected. */
export const calibrationFrameAcquired = defineEvent('CalibrationFrameAcquired', {
  version: 1,
  schema: z.object({
    kind: calibrationKindSchema,
    detector: detectorSchema,
    imageId: z.string(),
    /** Of its kind, filter and exposure time, from 1. */
    number: z.int().positive(),
    filter: z.string(),
    /** 0 for a bias. */
    exposureS: z.number().nonnegative(),
    startedAt: z.iso.datetime(),
    /** Relative to the data folder. */
    file: z.string(),
    sha256: z.string(),
    bytes: z.int().positive(),
    /** Mean of all pixels in counts, bias included; null where the camera does not tell. */
    levelCounts: z.number().nullable(),
    /** Whether a flat's level is near enough to the one wanted. Darks and biases are. */
    usable: z.boolean(),
    detectorTemperatureC: z.number().nullable(),
  }),
})

export type CalibrationFrameAcquired = EventOf<typeof calibrationFrameAcquired>
export type CalibrationFrame = CalibrationFrameAcquired['data']
