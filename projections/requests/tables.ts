import { defineTable } from '#projections/engine/table.ts'

export const requestsTables = {
  request: defineTable({
    columns: {
      id: 'text',
      /** Where it was drafted in the log: its place among the others. */
      place: 'bigint',
      name: 'text',
      user_id: 'text',
      country: 'text?',
      programme_id: 'text',
      target_type: 'text',
      source: 'text',
      /** DRAFT, INVALID, SUBMITTED or WITHDRAWN. */
      status: 'text',
      /** Of its stream: what an ETag says. */
      revision: 'bigint',
      trigger_id: 'text?',
      sequence_count: 'integer',
      sequences: 'json',
      warnings: 'json',
      faults: 'json',
      raw: 'text?',
      drafted_at: 'instant',
      changed_at: 'instant',
      submitted_at: 'instant?',
      withdrawn_why: 'text?',
      simulated: 'boolean',
    },
    key: ['id'],
    indexes: [['place desc'], ['user_id', 'place desc'], ['programme_id', 'place desc']],
  }),
}
