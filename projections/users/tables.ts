import { defineTable } from '#projections/engine/table.ts'

/** What the log knows of people: ids, never names. */
export const usersTables = {
  registered_user: defineTable({
    columns: {
      id: 'text',
      country: 'text?',
      level: 'integer',
      registered_at: 'instant',
      erased_at: 'instant?',
      /** Of the user's stream: what If-Match is compared with. */
      revision: 'bigint',
    },
    key: ['id'],
  }),
  user_role: defineTable({
    columns: { user_id: 'text', role: 'text', since: 'instant' },
    key: ['user_id', 'role'],
  }),
}
