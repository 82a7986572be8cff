import { defineTable } from '#projections/engine/table.ts'

/** The ledgers as they were written: an entry per event and account. What an account has is their sum. */
export const quotasTables = {
  quota_entry: defineTable({
    columns: {
      period: 'text',
      /** Counts from 1 in a period. */
      id: 'bigint',
      level: 'text',
      account_id: 'text',
      kind: 'text',
      sequence_id: 'text?',
      attempt: 'integer?',
      why: 'text?',
      // Whole milliseconds: a sum of doubles would depend on its order.
      granted_ms: 'bigint',
      reserved_ms: 'bigint',
      spent_ms: 'bigint',
      refunded_ms: 'bigint',
      night: 'date',
      entered_at: 'instant',
      event_id: 'text',
    },
    key: ['period', 'level', 'account_id', 'id'],
    appendOnly: true,
  }),
}
