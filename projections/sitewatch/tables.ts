import { defineTable } from '#projections/engine/table.ts'

/** PYROS's columns, with `site` beside them. Inside the dome: °C, mbar, %. */
export const sitewatchTables = {
  sitewatch: defineTable({
    columns: {
      id: 'bigint',
      site: 'text',
      global_status: 'text',
      updated: 'instant',
      lights: 'text?',
      dome: 'text?',
      doors: 'text',
      temperature: 'double?',
      shutter: 'text?',
      pressure: 'double?',
      humidity: 'double?',
    },
    key: ['id', 'site'],
    appendOnly: true,
  }),
}
