import { defineTable } from '#projections/engine/table.ts'

export const imagesTables = {
  /** Every image on record. Its file is in the data folder. */
  image: defineTable({
    columns: {
      image_id: 'text',
      /** light, flat, dark or bias. */
      kind: 'text',
      site: 'text',
      night: 'date',
      /** Null, as what follows of the request, for what is taken for calibration. */
      request_id: 'text?',
      sequence_id: 'text?',
      attempt: 'integer?',
      detector: 'text',
      album: 'text?',
      plan: 'text?',
      number: 'integer',
      filter: 'text',
      exposure_s: 'double',
      started_at: 'instant',
      file: 'text',
      sha256: 'text',
      bytes: 'bigint',
      ra_deg: 'double?',
      dec_deg: 'double?',
      altitude_deg: 'double?',
      airmass: 'double?',
      detector_temperature_c: 'double?',
      level_counts: 'double?',
      usable: 'boolean',
    },
    key: ['image_id'],
    indexes: [
      ['started_at desc', 'image_id desc'],
      ['request_id', 'started_at desc'],
    ],
  }),
  /** What became of an image of the sky: corrected and searched, or why not. */
  image_analysis: defineTable({
    columns: {
      image_id: 'text',
      /** calibrated or refused. */
      state: 'text',
      /** Why it was refused. */
      reason: 'text?',
      at: 'instant',
      /** Relative to the data folder. */
      calibrated_file: 'text?',
      calibrated_sha256: 'text?',
      calibrated_bytes: 'bigint?',
      masters: 'json',
      missing: 'json',
      background_counts: 'double?',
      noise_counts: 'double?',
      saturated_pixels: 'integer?',
      fwhm_px: 'double?',
      sources: 'integer?',
      limiting_magnitude: 'double?',
      transient_search: 'text?',
      catalogue: 'text?',
      transient_candidates: 'integer?',
    },
    key: ['image_id'],
  }),
  /** Frames by which images are corrected. */
  master_frame: defineTable({
    columns: {
      master_id: 'text',
      kind: 'text',
      detector: 'text',
      filter: 'text?',
      exposure_s: 'double?',
      frames_night: 'date',
      built_at: 'instant',
      /** Null, as what follows, where none could be built. */
      file: 'text?',
      sha256: 'text?',
      bytes: 'bigint?',
      frames: 'json',
      frames_rejected: 'json',
      pixels_rejected: 'integer?',
      mean: 'double?',
      sigma: 'double?',
      /** Why there is none. */
      not_built: 'text?',
    },
    key: ['master_id'],
    indexes: [['frames_night']],
  }),
  /** Sources in images of alerts that the catalogue of stars does not have. */
  transient_candidate: defineTable({
    columns: {
      candidate_id: 'text',
      image_id: 'text',
      request_id: 'text',
      found_at: 'instant',
      simulated: 'boolean',
      detector: 'text',
      filter: 'text',
      ra_deg: 'double',
      dec_deg: 'double',
      x_px: 'double',
      y_px: 'double',
      snr: 'double',
      fwhm_px: 'double?',
      magnitude: 'double?',
      catalogue: 'text',
    },
    key: ['candidate_id'],
    indexes: [['image_id'], ['request_id']],
  }),
}
