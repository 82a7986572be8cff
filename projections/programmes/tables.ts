import { defineTable } from '#projections/engine/table.ts'

export const programmesTables = {
  programme: defineTable({
    columns: {
      id: 'text',
      title: 'text',
      leader_id: 'text',
      member_ids: 'json',
      opened_at: 'instant',
      closed_at: 'instant?',
      /** Of the programme's stream: what If-Match is compared with. */
      revision: 'bigint',
    },
    key: ['id'],
  }),
}
