import { defineTable } from '#projections/engine/table.ts'

// What an alert asks for is submitted without a draft, so no event can count on another's row: each puts rows of its own.
export const requestsTables = {
  /** What is asked for. */
  request: defineTable({
    columns: {
      id: 'text',
      name: 'text',
      user_id: 'text',
      country: 'text?',
      programme_id: 'text',
      target_type: 'text',
      source: 'text',
      trigger_id: 'text?',
      sequence_count: 'integer',
      sequences: 'json',
      warnings: 'json',
    },
    key: ['id'],
    indexes: [['user_id'], ['programme_id']],
  }),
  /** The author's own text. */
  request_text: defineTable({ columns: { id: 'text', raw: 'text?' }, key: ['id'] }),
  /** Where it began in the log, which is its place among the others. */
  request_beginning: defineTable({
    columns: { id: 'text', place: 'bigint', simulated: 'boolean' },
    key: ['id'],
    indexes: [['place']],
  }),
  request_draft: defineTable({ columns: { id: 'text', drafted_at: 'instant' }, key: ['id'] }),
  request_submission: defineTable({ columns: { id: 'text', submitted_at: 'instant' }, key: ['id'] }),
  /** How it stands: DRAFT, INVALID, SUBMITTED or WITHDRAWN; `revision` is its stream's, what an ETag says. */
  request_now: defineTable({
    columns: {
      id: 'text',
      status: 'text',
      revision: 'bigint',
      changed_at: 'instant',
      faults: 'json',
      withdrawn_why: 'text?',
    },
    key: ['id'],
  }),
}
