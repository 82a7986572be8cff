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
}
