import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { imagesTables } from './tables.ts'

const { put } = changesOf(imagesTables)

/** One row per image, of the sky or for calibration. */
export const images = defineProjection({
  name: 'images',
  version: 2,
  tables: imagesTables,
  handles: {
    ImageAcquired: ({ data, metadata: { site, night } }) => [
      put('image', {
        image_id: data.imageId,
        kind: 'light',
        site,
        night,
        request_id: data.requestId,
        sequence_id: data.sequenceId,
        attempt: data.attempt,
        detector: data.detector,
        album: data.album,
        plan: data.plan,
        number: data.number,
        filter: data.filter,
        exposure_s: data.exposureS,
        started_at: data.startedAt,
        file: data.file,
        sha256: data.sha256,
        bytes: data.bytes,
        ra_deg: data.raDeg,
        dec_deg: data.decDeg,
        altitude_deg: data.altitudeDeg,
        airmass: data.airmass,
        detector_temperature_c: data.detectorTemperatureC,
        level_counts: null,
        usable: true,
      }),
    ],
    CalibrationFrameAcquired: ({ data, metadata: { site, night } }) => [
      put('image', {
        image_id: data.imageId,
        kind: data.kind,
        site,
        night,
        request_id: null,
        sequence_id: null,
        attempt: null,
        detector: data.detector,
        album: null,
        plan: null,
        number: data.number,
        filter: data.filter,
        exposure_s: data.exposureS,
        started_at: data.startedAt,
        file: data.file,
        sha256: data.sha256,
        bytes: data.bytes,
        ra_deg: null,
        dec_deg: null,
        altitude_deg: null,
        airmass: null,
        detector_temperature_c: data.detectorTemperatureC,
        level_counts: data.levelCounts,
        usable: data.usable,
      }),
    ],
  },
})
