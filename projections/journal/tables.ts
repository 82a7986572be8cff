import { defineTable } from '#projections/engine/table.ts'

export const journalTables = {
  /** Every event but its data. Named by the id, which survives export and import; in order of the position, which does not. */
  journal: defineTable({
    columns: {
      event_id: 'text',
      commit_position: 'bigint',
      prepare_position: 'bigint',
      stream: 'text',
      revision: 'bigint',
      type: 'text',
      night: 'date',
      site: 'text',
      occurred_at: 'instant',
      observed_at: 'instant?',
      /** `kind:id`. */
      actor: 'text',
      causation_id: 'text',
      correlation_id: 'text',
      simulated: 'boolean',
      rules_version: 'text?',
      summary: 'text?',
    },
    key: ['event_id'],
    appendOnly: true,
    indexes: [
      ['commit_position', 'prepare_position'],
      ['night', 'commit_position', 'prepare_position'],
      ['type', 'commit_position', 'prepare_position'],
      ['stream', 'commit_position', 'prepare_position'],
      ['actor', 'commit_position', 'prepare_position'],
      ['correlation_id'],
      ['causation_id'],
    ],
  }),
  /** Ids that events name in their data, beside the one that caused them. */
  journal_reference: defineTable({
    columns: { event_id: 'text', names: 'text', field: 'text' },
    key: ['event_id', 'names', 'field'],
    appendOnly: true,
    indexes: [['names']],
  }),
}
