import { pollIdOf } from '#domain/environment/poll-id.ts'
import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { weatherwatchTables } from './tables.ts'

const { insert } = changesOf(weatherwatchTables)

/** One row per answered poll: the weather as it was shown then. */
export const weatherwatch = defineProjection({
  name: 'weatherwatch',
  version: 1,
  tables: weatherwatchTables,
  handles: {
    EnvironmentAssessed: ({ data: { poll, weather }, metadata: { site, night, occurredAt } }) => [
      insert('weatherwatch', {
        id: pollIdOf(night, poll),
        site,
        global_status: weather.globalStatus,
        updated: occurredAt,
        humidity: weather.humidityPercent,
        wind: weather.windSpeedMs,
        wind_dir: weather.windDirectionDeg,
        temperature: weather.temperatureC,
        pressure: weather.pressureMbar,
        rain: weather.rainRateMmH,
        cloud: weather.skyTemperatureC,
      }),
    ],
  },
})
