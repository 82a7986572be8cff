import { defineTable } from '#projections/engine/table.ts'

export const environmentTables = {
  /** Each quantity as it was last judged. */
  environment_quantity: defineTable({
    columns: {
      site: 'text',
      quantity: 'text',
      value: 'json',
      unit: 'text',
      state: 'text',
      since: 'instant',
      interpretation: 'text',
      action: 'text',
      unsafe_limit: 'double?',
      margin: 'double?',
      safe_expected_at: 'instant?',
      updated: 'instant',
    },
    key: ['site', 'quantity'],
  }),
  /** The newest answered poll: what the PLC's data suffer from, and when the roof may open if nothing gets worse. */
  environment_poll: defineTable({
    columns: {
      site: 'text',
      id: 'bigint',
      updated: 'instant',
      flags: 'json',
      reopen_expected_at: 'instant?',
    },
    key: ['site'],
  }),
  /** Every verdict there was; the newest one holds. */
  safety_verdict: defineTable({
    columns: {
      event_id: 'text',
      site: 'text',
      night: 'date',
      state: 'text',
      previous: 'text?',
      since: 'instant',
      reasons: 'json',
      reading_ids: 'json',
      reopen_expected_at: 'instant?',
      rules_version: 'text?',
    },
    key: ['event_id'],
    appendOnly: true,
    indexes: [['site', 'since desc']],
  }),
  /** The line to the PLC. */
  plc_link: defineTable({
    columns: { site: 'text', state: 'text', since: 'instant', address: 'text', detail: 'text?' },
    key: ['site'],
  }),
}
