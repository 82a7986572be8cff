import type { SiteSummary, WeatherSummary } from './events.ts'
import type { DeviceReading } from './readings.ts'

/** The last device to name a value wins, valid or not: what PYROS did, kept to reproduce its tables. */
const lastOf = (devices: readonly DeviceReading[], name: string): number | null => {
  let last: number | null = null
  for (const device of devices)
    for (const { name: sent, value } of device.values)
      if (sent === name && typeof value === 'number') last = value
  return last
}

const rainStatus = (rate: number | null): string => {
  if (rate === null) return 'UNKNOWN'
  return rate > 0 ? 'RAINING' : 'OK'
}

export const pyrosWeather = (devices: readonly DeviceReading[]): WeatherSummary => {
  const rainRateMmH = lastOf(devices, 'RainRate')
  return {
    globalStatus: rainStatus(rainRateMmH),
    humidityPercent: lastOf(devices, 'OutsideHumidity'),
    windSpeedMs: lastOf(devices, 'WindSpeed'),
    windDirectionDeg: lastOf(devices, 'WindDir'),
    temperatureC: null,
    pressureMbar: lastOf(devices, 'Pressure'),
    rainRateMmH,
    skyTemperatureC: null,
  }
}

export const pyrosSite = (devices: readonly DeviceReading[]): SiteSummary => ({
  globalStatus: 'OK',
  lights: null,
  dome: null,
  doors: '',
  temperatureC: null,
  shutter: null,
  pressureMbar: null,
  humidityPercent: lastOf(devices, 'InsideHumidity'),
})
