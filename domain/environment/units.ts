/** The spellings of a unit that a value may come in, each with the way to ours. */
export type Units = ReadonlyMap<string, (value: number) => number>

const same = (value: number): number => value
const fahrenheit = (value: number): number => ((value - 32) * 5) / 9

const named = (units: Record<string, (value: number) => number>): Units => new Map(Object.entries(units))

// `Celcius` and `deg` are the PLC's own spellings.
const temperature = {
  Celcius: same,
  Celsius: same,
  C: same,
  '°C': same,
  Fahrenheit: fahrenheit,
  '°F': fahrenheit,
}

export const celsius = named(temperature)
export const dewPointCelsius = named({ ...temperature, deg: same })
export const percent = named({ percent: same, '%': same })
export const millimetresPerHour = named({ 'mm/h': same, 'mm/hr': same })
export const millibar = named({ mbar: same, hPa: same })
export const degrees = named({ deg: same, '°': same })
export const volts = named({ V: same, mV: (value) => value / 1000 })
export const metresPerSecond = named({
  'm/s': same,
  'km/h': (value) => value / 3.6,
  mph: (value) => value * 0.44704,
  kt: (value) => (value * 1852) / 3600,
})
