import { z } from 'zod'
import { calibrationKindSchema } from '#domain/observing/calibration-events.ts'
import { detectorSchema } from '#domain/requests/sequence.ts'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

/** What a master is for; the same words in the events of its making and of its failing. */
const ofMaster = {
  masterId: z.string(),
  kind: calibrationKindSchema,
  detector: detectorSchema,
  /** Of a flat; null for the others, which see no light. */
  filter: z.string().nullable(),
  /** Of a dark; null for the others. */
  exposureS: z.number().positive().nullable(),
  /** The night its frames are of. */
  framesNight: z.iso.date(),
}

const written = {
  /** Relative to the data folder. */
  file: z.string(),
  sha256: z.string(),
  bytes: z.int().positive(),
}

/** The calibration frames of a night that are of one kind, as one: their clipped mean. */
export const masterFrameBuilt = defineEvent('MasterFrameBuilt', {
  version: 1,
  schema: z.object({
    ...ofMaster,
    ...written,
    width: z.int().positive(),
    height: z.int().positive(),
    /** Image ids. */
    frames: z.array(z.string()).min(1),
    framesRejected: z.array(z.object({ imageId: z.string(), why: z.string() })),
    /** Of all values of all frames, those that were left out. */
    pixelsRejected: z.int().nonnegative(),
    /** Of the master's pixels: counts, and for a flat parts of its mean. */
    mean: z.number(),
    sigma: z.number().nonnegative(),
    /** Masters that were taken off its frames before. */
    biasId: z.string().nullable(),
    darkId: z.string().nullable(),
  }),
})

export const masterFrameNotBuilt = defineEvent('MasterFrameNotBuilt', {
  version: 1,
  schema: z.object({
    ...ofMaster,
    reason: z.enum(['no-bias', 'no-frames']),
    detail: z.string(),
  }),
})

const ofImage = { imageId: z.string(), requestId: z.string(), detector: detectorSchema, filter: z.string() }
const masterId = z.string().nullable()

/** An image of the sky was corrected as far as there were masters for it, and searched for stars. */
export const imageCalibrated = defineEvent('ImageCalibrated', {
  version: 1,
  schema: z.object({
    ...ofImage,
    ...written,
    masters: z.object({ bias: masterId, dark: masterId, flat: masterId }),
    /** Kinds for which there was no master that fits. */
    missing: z.array(calibrationKindSchema),
    /** Of the sky, in counts after correction. */
    backgroundCounts: z.number(),
    /** Standard deviation of a pixel of the sky. */
    noiseCounts: z.number().nonnegative(),
    saturatedPixels: z.int().nonnegative(),
    /** Median full width at half maximum of its stars; null without stars that tell. */
    fwhmPx: z.number().positive().nullable(),
    sourcesDetected: z.int().nonnegative(),
    /** Of a star at five times the noise; null where no star's magnitude is known. */
    limitingMagnitude: z.number().nullable(),
    /** Whether what was found was held against a catalogue of stars, as it is for alerts. */
    transientSearch: z.enum(['done', 'not-an-alert', 'no-catalogue', 'no-coordinates']),
    /** The catalogue's name. */
    catalogue: z.string().nullable(),
    transientCandidates: z.int().nonnegative(),
  }),
})

/** An image of the sky that could not be corrected, and never will be. */
export const imageNotCalibrated = defineEvent('ImageNotCalibrated', {
  version: 1,
  schema: z.object({ ...ofImage, reason: z.enum(['file-gone', 'not-an-image']), detail: z.string() }),
})

/** In an image of an alert, a source that the catalogue of stars does not have. */
export const transientCandidateFound = defineEvent('TransientCandidateFound', {
  version: 1,
  schema: z.object({
    candidateId: z.string(),
    imageId: z.string(),
    requestId: z.string(),
    detector: detectorSchema,
    filter: z.string(),
    /** ICRS. */
    raDeg: z.number().min(0).lt(360),
    decDeg: z.number().min(-90).max(90),
    /** From 1, as in FITS. */
    xPx: z.number(),
    yPx: z.number(),
    snr: z.number().positive(),
    fluxCounts: z.number(),
    fwhmPx: z.number().positive().nullable(),
    /** By the stars of the image; null where none told. */
    magnitude: z.number().nullable(),
    catalogue: z.string(),
  }),
})

export const imageEvents = [
  masterFrameBuilt,
  masterFrameNotBuilt,
  imageCalibrated,
  imageNotCalibrated,
  transientCandidateFound,
] as const

export type MasterFrameBuilt = EventOf<typeof masterFrameBuilt>
export type MasterFrameNotBuilt = EventOf<typeof masterFrameNotBuilt>
export type ImageCalibrated = EventOf<typeof imageCalibrated>
export type TransientCandidateFound = EventOf<typeof transientCandidateFound>
export type ImageEvent = EventOf<(typeof imageEvents)[number]>
