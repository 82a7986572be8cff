import { defineTable } from '#projections/engine/table.ts'

/** PYROS's columns, with `site` beside them. %, m/s, degrees from north, °C, mbar, mm/h, °C of the sky. */
export const weatherwatchTables = {
  weatherwatch: defineTable({
    columns: {
      id: 'bigint',
      site: 'text',
      global_status: 'text',
      updated: 'instant',
      humidity: 'double?',
      wind: 'double?',
      wind_dir: 'double?',
      temperature: 'double?',
      pressure: 'double?',
      rain: 'double?',
      cloud: 'double?',
    },
    key: ['id', 'site'],
    appendOnly: true,
  }),
}
