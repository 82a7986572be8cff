import type { ImageEvent } from '#domain/images/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type Change, changesOf } from '#projections/engine/definition.ts'
import { imagesTables } from './tables.ts'

const { put } = changesOf(imagesTables)

type Of<Type extends ImageEvent['type']> = Recorded<Extract<ImageEvent, { type: Type }>>

const masterOf = ({ data, metadata }: Of<'MasterFrameBuilt' | 'MasterFrameNotBuilt'>) => ({
  master_id: data.masterId,
  kind: data.kind,
  detector: data.detector,
  filter: data.filter,
  exposure_s: data.exposureS,
  frames_night: data.framesNight,
  built_at: metadata.occurredAt,
})

export const built = (event: Of<'MasterFrameBuilt'>): readonly Change[] => [
  put('master_frame', {
    ...masterOf(event),
    file: event.data.file,
    sha256: event.data.sha256,
    bytes: event.data.bytes,
    frames: event.data.frames,
    frames_rejected: event.data.framesRejected,
    pixels_rejected: event.data.pixelsRejected,
    mean: event.data.mean,
    sigma: event.data.sigma,
    not_built: null,
  }),
]

export const notBuilt = (event: Of<'MasterFrameNotBuilt'>): readonly Change[] => [
  put('master_frame', {
    ...masterOf(event),
    file: null,
    sha256: null,
    bytes: null,
    frames: [],
    frames_rejected: [],
    pixels_rejected: null,
    mean: null,
    sigma: null,
    not_built: event.data.detail,
  }),
]

export const calibrated = ({ data, metadata }: Of<'ImageCalibrated'>): readonly Change[] => [
  put('image_analysis', {
    image_id: data.imageId,
    state: 'calibrated',
    reason: null,
    at: metadata.occurredAt,
    calibrated_file: data.file,
    calibrated_sha256: data.sha256,
    calibrated_bytes: data.bytes,
    masters: data.masters,
    missing: data.missing,
    background_counts: data.backgroundCounts,
    noise_counts: data.noiseCounts,
    saturated_pixels: data.saturatedPixels,
    fwhm_px: data.fwhmPx,
    sources: data.sourcesDetected,
    limiting_magnitude: data.limitingMagnitude,
    transient_search: data.transientSearch,
    catalogue: data.catalogue,
    transient_candidates: data.transientCandidates,
  }),
]

export const refused = ({ data, metadata }: Of<'ImageNotCalibrated'>): readonly Change[] => [
  put('image_analysis', {
    image_id: data.imageId,
    state: 'refused',
    reason: data.detail,
    at: metadata.occurredAt,
    calibrated_file: null,
    calibrated_sha256: null,
    calibrated_bytes: null,
    masters: {},
    missing: [],
    background_counts: null,
    noise_counts: null,
    saturated_pixels: null,
    fwhm_px: null,
    sources: null,
    limiting_magnitude: null,
    transient_search: null,
    catalogue: null,
    transient_candidates: null,
  }),
]

export const found = ({ data, metadata }: Of<'TransientCandidateFound'>): readonly Change[] => [
  put('transient_candidate', {
    candidate_id: data.candidateId,
    image_id: data.imageId,
    request_id: data.requestId,
    found_at: metadata.occurredAt,
    simulated: metadata.simulated === true,
    detector: data.detector,
    filter: data.filter,
    ra_deg: data.raDeg,
    dec_deg: data.decDeg,
    x_px: data.xPx,
    y_px: data.yPx,
    snr: data.snr,
    fwhm_px: data.fwhmPx,
    magnitude: data.magnitude,
    catalogue: data.catalogue,
  }),
]
