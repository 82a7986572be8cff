import type { QuantityName, WeatherSummary } from './events.ts'
import { globalStatus, type StatusWord } from './global-status.ts'
import { rounded } from './judgement.ts'
import type { Sample } from './samples.ts'
import type { Quantities } from './state.ts'

const words: readonly StatusWord[] = [
  ['RAINING', ['rain']],
  ['WINDY', ['gust', 'wind']],
  ['FREEZING', ['ice']],
  ['HUMID', ['humidity', 'dewPointDepression']],
  ['CLOUDY', ['skyTemperature']],
  ['TEMPERATURE', ['temperature']],
]

export const numberOf = (quantities: Quantities, name: QuantityName): number | null => {
  const value = quantities[name]?.value
  return typeof value === 'number' ? value : null
}

const firstOf = (samples: readonly Sample[], measure: string): number | null => {
  const measured = samples.find(({ sensor }) => sensor.measure === measure)?.measured
  return typeof measured === 'number' ? rounded(measured) : null
}

/** The row of weatherwatch from valid sensors alone: the judged values, and the first that only is shown. */
export const strictWeather = (quantities: Quantities, samples: readonly Sample[]): WeatherSummary => ({
  globalStatus: globalStatus(quantities, words),
  humidityPercent: numberOf(quantities, 'humidity'),
  windSpeedMs: numberOf(quantities, 'wind'),
  windDirectionDeg: firstOf(samples, 'windDirection'),
  temperatureC: numberOf(quantities, 'temperature'),
  pressureMbar: firstOf(samples, 'pressure'),
  rainRateMmH: numberOf(quantities, 'rain'),
  skyTemperatureC: numberOf(quantities, 'skyTemperature'),
})
