import { defineTable } from '#projections/engine/table.ts'

const version = { site: 'text', night: 'date', version: 'integer' } as const

export const scheduleTables = {
  /** Every version of every night's plan; the newest of a night holds. */
  schedule_version: defineTable({
    columns: {
      ...version,
      event_id: 'text',
      published_at: 'instant',
      asks: 'json',
      cause_id: 'text',
      method: 'text',
      planner_version: 'text',
      inputs_hash: 'text',
      based_on: 'text',
      from_at: 'instant',
      until_at: 'instant',
      closures: 'json',
      objective: 'double',
      bound: 'double',
      placed: 'integer',
      unplaced: 'integer',
      added: 'integer',
      dropped: 'integer',
      moved: 'integer',
      preempted: 'json',
    },
    key: ['site', 'night', 'version'],
    appendOnly: true,
  }),
  /** What a version places, in the order of time. */
  schedule_entry: defineTable({
    columns: {
      ...version,
      place: 'integer',
      sequence_id: 'text',
      occurrence: 'integer',
      request_id: 'text',
      name: 'text',
      kind: 'text',
      setup_at: 'instant',
      starts_at: 'instant',
      ends_at: 'instant',
      priority: 'integer',
      value: 'double',
      quality: 'double',
      ra_deg: 'double?',
      dec_deg: 'double?',
      altitude_deg: 'double?',
      airmass: 'double?',
      moon_separation_deg: 'double?',
      slack_before_s: 'double',
      slack_after_s: 'double',
      charge_s: 'double',
    },
    key: ['site', 'night', 'version', 'place'],
    appendOnly: true,
  }),
  /** What became of a sequence from the version before to this one. */
  schedule_change: defineTable({
    columns: {
      ...version,
      sequence_id: 'text',
      occurrence: 'integer',
      change: 'text',
      was_at: 'instant?',
      starts_at: 'instant?',
      by_s: 'double?',
      code: 'text?',
    },
    key: ['site', 'night', 'version', 'sequence_id', 'occurrence'],
    appendOnly: true,
  }),
  /** Why a version leaves things out, page by page as they were written; page 0 has the codes alone. */
  schedule_explanation: defineTable({
    columns: { ...version, page: 'integer', last: 'boolean', unplaced: 'json' },
    key: ['site', 'night', 'version', 'page'],
    appendOnly: true,
  }),
  /** How each sequence stands in the newest plan that knew it; version 0 before any did. */
  scheduled_sequence: defineTable({
    columns: {
      ...version,
      sequence_id: 'text',
      request_id: 'text',
      planned: 'boolean',
      starts_at: 'instant?',
      ends_at: 'instant?',
      code: 'text?',
    },
    key: ['site', 'sequence_id'],
  }),
  /** Asks for a plan that somebody put on record. */
  schedule_ask: defineTable({
    columns: {
      event_id: 'text',
      site: 'text',
      night: 'date',
      asked_at: 'instant',
      asked_by: 'text',
      why: 'text',
      detail: 'text',
      keep: 'boolean',
    },
    key: ['event_id'],
    appendOnly: true,
  }),
  /** Which version answered an ask, the newest where several did. */
  schedule_answer: defineTable({
    columns: { ...version, ask_id: 'text' },
    key: ['ask_id'],
  }),
}
