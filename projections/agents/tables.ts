import { defineTable } from '#projections/engine/table.ts'

export const agentsTables = {
  agent: defineTable({
    columns: {
      name: 'text',
      /** Of the process that runs it, or ran it last. */
      host: 'text',
      state: 'text',
      since: 'instant',
      /** How often it was started anew since this host has it. */
      restarts: 'integer',
    },
    key: ['name'],
  }),
  agent_failure: defineTable({
    columns: {
      event_id: 'text',
      agent: 'text',
      failed_at: 'instant',
      during: 'text',
      code: 'text',
      why: 'text',
    },
    key: ['event_id'],
    appendOnly: true,
    indexes: [['agent', 'failed_at']],
  }),
}
