import { defineTable } from '#projections/engine/table.ts'

// Each table is written by the events of one area alone, so none can undo what another said, in whatever order they come;
// the status is read from all of them (see status.ts).
export const sequencesTables = {
  sequence: defineTable({
    columns: {
      id: 'text',
      request_id: 'text',
      /** Its place in the request, from 1. */
      ordinal: 'integer',
      name: 'text',
      user_id: 'text',
      programme_id: 'text',
      target_name: 'text?',
      ra_deg: 'double?',
      dec_deg: 'double?',
      duration_s: 'double',
      priority: 'integer',
      tier: 'text',
      min_quality: 'double',
      content: 'json',
      /** A revision left it out. */
      dropped: 'boolean',
    },
    key: ['id'],
    indexes: [['request_id', 'ordinal']],
  }),
  /** How its request stands: DRAFT, INVALID, TOBEPLANNED or CANCELLED. */
  sequence_request: defineTable({
    columns: { request_id: 'text', status: 'text', since: 'instant', why: 'text?' },
    key: ['request_id'],
  }),
  /** What the newest plan that speaks of it says. */
  sequence_plan: defineTable({
    columns: {
      sequence_id: 'text',
      night: 'date',
      schedule_version: 'integer',
      published_at: 'instant',
      placed: 'boolean',
      starts_at: 'instant?',
      ends_at: 'instant?',
      code: 'text?',
    },
    key: ['sequence_id'],
  }),
  sequence_reason: defineTable({
    columns: {
      sequence_id: 'text',
      night: 'date',
      schedule_version: 'integer',
      code: 'text',
      text: 'text',
      figures: 'json',
    },
    key: ['sequence_id'],
  }),
  /** Its newest attempt. */
  sequence_attempt: defineTable({
    columns: {
      sequence_id: 'text',
      attempt: 'integer',
      started_at: 'instant',
      ended_at: 'instant?',
      images_taken: 'integer',
      images_expected: 'integer',
      aborted_why: 'text?',
      detail: 'text?',
    },
    key: ['sequence_id'],
  }),
  sequence_miss: defineTable({
    columns: { sequence_id: 'text', missed_at: 'instant', why: 'text', detail: 'text' },
    key: ['sequence_id'],
  }),
}
