import { defineTable } from '#projections/engine/table.ts'

export const observationsTables = {
  /** Every attempt at a sequence. */
  observation: defineTable({
    columns: {
      sequence_id: 'text',
      attempt: 'integer',
      request_id: 'text',
      site: 'text',
      night: 'date',
      schedule_version: 'integer',
      started_at: 'instant',
      ends_expected_at: 'instant',
      ended_at: 'instant?',
      /** running, finished or aborted. */
      state: 'text',
      why: 'text?',
      detail: 'text?',
      images_expected: 'integer',
      images_taken: 'integer',
      open_shutter_s: 'double?',
    },
    key: ['sequence_id', 'attempt'],
    indexes: [['night', 'started_at'], ['request_id']],
  }),
  /** What had its turn and was not begun. */
  missed_sequence: defineTable({
    columns: {
      event_id: 'text',
      sequence_id: 'text',
      request_id: 'text',
      site: 'text',
      night: 'date',
      schedule_version: 'integer',
      missed_at: 'instant',
      why: 'text',
      detail: 'text',
    },
    key: ['event_id'],
    appendOnly: true,
    indexes: [['night', 'missed_at'], ['sequence_id']],
  }),
}
