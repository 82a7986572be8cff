import { defineTable } from '#projections/engine/table.ts'

export const alertTables = {
  /** One row per trigger: what is held true of it, what was decided, what was asked for. */
  alert: defineTable({
    columns: {
      trigger: 'text',
      /** Position of the event that opened it: orders and pages. */
      id: 'bigint',
      mission: 'text',
      trigger_id: 'text',
      night: 'date',
      site: 'text',
      simulated: 'boolean',
      state: 'text',
      instrument: 'text?',
      notice_type: 'text?',
      event_at: 'instant?',
      ra_deg: 'double?',
      dec_deg: 'double?',
      /** 90 % radius. */
      error_deg: 'double?',
      test_signs: 'json',
      false_alarm_hints: 'json',
      notices: 'integer',
      received_at: 'instant',
      judged_at: 'instant?',
      outcome: 'text?',
      reason: 'text?',
      strategy: 'text?',
      strategy_version: 'integer?',
      request_id: 'text?',
      request_state: 'text',
      requested_at: 'instant?',
      cancelled: 'boolean',
      updated: 'instant',
    },
    key: ['trigger'],
    indexes: [['id desc'], ['night']],
  }),
  /** Every event of every trigger: revisions, verdicts, what was asked for and taken back. */
  alert_step: defineTable({
    columns: {
      event_id: 'text',
      trigger: 'text',
      id: 'bigint',
      prepare_position: 'bigint',
      type: 'text',
      at: 'instant',
      summary: 'text',
      data: 'json',
    },
    key: ['event_id'],
    appendOnly: true,
    indexes: [['trigger', 'id', 'prepare_position']],
  }),
  /** Every notice that came in, whatever became of it. */
  alert_notice: defineTable({
    columns: {
      name: 'text',
      id: 'bigint',
      event_id: 'text',
      received_at: 'instant',
      source: 'json',
      sha256: 'text',
      bytes: 'integer',
      format: 'text',
      state: 'text',
      reason: 'text?',
      trigger: 'text?',
      authority: 'text?',
      notice_type: 'text?',
      kind: 'text?',
      role: 'text?',
      listed: 'boolean?',
      test_signs: 'json',
      flags: 'json',
      conflicts: 'integer',
    },
    key: ['name'],
    indexes: [['id desc'], ['trigger']],
  }),
  /** Requests in the name of a trigger, as the planner sees them. */
  alert_request: defineTable({
    columns: { request_id: 'text', trigger: 'text', submitted_at: 'instant', sequences: 'integer' },
    key: ['request_id'],
    indexes: [['trigger']],
  }),
  /** Schedules in which an alert's request has its place. */
  alert_schedule: defineTable({
    columns: { event_id: 'text', request_id: 'text', published_at: 'instant', starts_at: 'instant' },
    key: ['event_id', 'request_id'],
    indexes: [['request_id', 'published_at']],
  }),
  /** What was observed of an alert's request. */
  alert_observation: defineTable({
    columns: {
      sequence_id: 'text',
      attempt: 'integer',
      request_id: 'text',
      state: 'text',
      started_at: 'instant?',
      ended_at: 'instant?',
      images_taken: 'integer?',
      images_expected: 'integer?',
    },
    key: ['sequence_id', 'attempt'],
    indexes: [['request_id']],
  }),
  /** What was found in images of an alert's request and is in no catalogue. */
  alert_candidate: defineTable({
    columns: {
      candidate_id: 'text',
      request_id: 'text',
      image_id: 'text',
      found_at: 'instant',
      ra_deg: 'double',
      dec_deg: 'double',
      snr: 'double',
      magnitude: 'double?',
      filter: 'text',
      catalogue: 'text',
    },
    key: ['candidate_id'],
    indexes: [['request_id', 'found_at']],
  }),
  /** Each strategy as it was last adopted. */
  alert_strategy: defineTable({
    columns: {
      name: 'text',
      strategy_version: 'integer',
      strategy: 'json',
      adopted_at: 'instant',
      adopted_by: 'text',
    },
    key: ['name'],
  }),
}
