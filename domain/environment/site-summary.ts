import type { QuantityName, SiteSummary } from './events.ts'
import { globalStatus, type StatusWord } from './global-status.ts'
import type { Sample } from './samples.ts'
import type { Quantities } from './state.ts'
import { numberOf } from './weather-summary.ts'

const words: readonly StatusWord[] = [
  ['POWER', ['ups']],
  ['FREEZING', ['insideTemperature']],
  ['HUMID', ['insideHumidity']],
  ['DOORS', ['doors']],
  ['LINK', ['link']],
  ['DISK', ['disk']],
  ['OK', ['lights', 'dome']],
]

const wordOf = (quantities: Quantities, name: QuantityName): string | null => {
  const value = quantities[name]?.value
  return typeof value === 'string' ? value : null
}

const shutterOf = (samples: readonly Sample[]): string | null => {
  const measured = samples.find(({ sensor }) => sensor.measure === 'shutter')?.measured
  return typeof measured === 'string' ? measured : null
}

/** The row of sitewatch from valid sensors alone. No sensor measures the pressure inside. */
export const strictSite = (quantities: Quantities, samples: readonly Sample[]): SiteSummary => ({
  globalStatus: globalStatus(quantities, words),
  lights: wordOf(quantities, 'lights'),
  dome: wordOf(quantities, 'dome'),
  doors: wordOf(quantities, 'doors') ?? '',
  temperatureC: numberOf(quantities, 'insideTemperature'),
  shutter: shutterOf(samples),
  pressureMbar: null,
  humidityPercent: numberOf(quantities, 'insideHumidity'),
})
