import { defineTable } from '#projections/engine/table.ts'

export const devicesTables = {
  /** Each device as it was last seen. */
  device_status: defineTable({
    columns: { site: 'text', device: 'text', status: 'json', faults: 'json', updated: 'instant' },
    key: ['site', 'device'],
  }),
  /** The line to each device that was lost once, `up` or `lost`. */
  device_link: defineTable({
    columns: {
      site: 'text',
      device: 'text',
      state: 'text',
      since: 'instant',
      address: 'text',
      detail: 'text?',
    },
    key: ['site', 'device'],
  }),
  /** What devices were told, and what came of it. */
  device_command: defineTable({
    columns: {
      conversation_id: 'text',
      site: 'text',
      night: 'date',
      device: 'text',
      name: 'text',
      parameters: 'json',
      actor_kind: 'text',
      actor_id: 'text',
      state: 'text',
      requested_at: 'instant',
      deadline_at: 'instant',
      updated: 'instant',
      code: 'text?',
      why: 'text?',
      margin: 'double?',
      verdict_id: 'text?',
      result: 'json?',
    },
    key: ['conversation_id'],
    indexes: [['site', 'device', 'requested_at desc', 'conversation_id desc']],
  }),
  device_alarm: defineTable({
    columns: {
      event_id: 'text',
      site: 'text',
      night: 'date',
      device: 'text',
      code: 'text',
      text: 'text',
      step: 'text',
      raised_at: 'instant',
      conversation_id: 'text?',
    },
    key: ['event_id'],
    appendOnly: true,
    indexes: [['site', 'device', 'raised_at desc']],
  }),
}
