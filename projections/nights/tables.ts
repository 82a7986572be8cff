import { defineTable } from '#projections/engine/table.ts'

export const nightsTables = {
  /** How each night went, and stands. */
  night: defineTable({
    columns: {
      site: 'text',
      night: 'date',
      opened_at: 'instant',
      /** By phase, when the Sun begins it. */
      phases_at: 'json',
      phase: 'text?',
      phase_since: 'instant?',
      mode: 'text',
      mode_since: 'instant',
      mode_why: 'text?',
      /** Why observing is suspended; null when it is not. */
      suspended_why: 'text?',
      suspended_detail: 'text?',
      suspended_since: 'instant?',
      suspended_event: 'text?',
      suspensions: 'integer',
      closed_at: 'instant?',
      open_s: 'double?',
      summary: 'text?',
    },
    key: ['site', 'night'],
  }),
  /** What the roof's limit switches said last, site by site. */
  roof: defineTable({
    columns: {
      site: 'text',
      shutter: 'text',
      open_switch: 'boolean',
      closed_switch: 'boolean',
      since: 'instant',
    },
    key: ['site'],
  }),
}
