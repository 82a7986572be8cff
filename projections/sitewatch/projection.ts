import { pollIdOf } from '#domain/environment/poll-id.ts'
import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { sitewatchTables } from './tables.ts'

const { insert } = changesOf(sitewatchTables)

/** One row per answered poll: the inside as it was shown then. */
export const sitewatch = defineProjection({
  name: 'sitewatch',
  version: 1,
  tables: sitewatchTables,
  handles: {
    EnvironmentAssessed: ({ data: { poll, site: inside }, metadata: { site, night, occurredAt } }) => [
      insert('sitewatch', {
        id: pollIdOf(night, poll),
        site,
        global_status: inside.globalStatus,
        updated: occurredAt,
        lights: inside.lights,
        dome: inside.dome,
        doors: inside.doors,
        temperature: inside.temperatureC,
        shutter: inside.shutter,
        pressure: inside.pressureMbar,
        humidity: inside.humidityPercent,
      }),
    ],
  },
})
