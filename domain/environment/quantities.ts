import type { Flag, QuantityName } from './events.ts'
import { flag } from './flags.ts'
import type { Sample } from './samples.ts'

/** What all sensors of a quantity say together, the worst of them. `hazard`: unsafe whatever the number is. */
export type Observation = { readonly value: number | string; readonly hazard: boolean }
/** A quantity that is undefined here is not known. */
export type Observations = Readonly<Record<QuantityName, Observation | undefined>>

const rainBelowVolts = 2.5

const numbers = (samples: readonly Sample[], measure: string): number[] =>
  samples.flatMap(({ sensor, measured }) =>
    sensor.measure === measure && typeof measured === 'number' ? [measured] : [],
  )

const switches = (samples: readonly Sample[], measure: string): boolean[] =>
  samples.flatMap(({ sensor, measured }) =>
    sensor.measure === measure && typeof measured === 'boolean' ? [measured] : [],
  )

const words = (samples: readonly Sample[], measure: string): string[] =>
  samples.flatMap(({ sensor, measured }) =>
    sensor.measure === measure && typeof measured === 'string' ? [measured] : [],
  )

const highest = (values: readonly number[]): Observation | undefined =>
  values.length > 0 ? { value: Math.max(...values), hazard: false } : undefined

const lowest = (values: readonly number[]): Observation | undefined =>
  values.length > 0 ? { value: Math.min(...values), hazard: false } : undefined

/** The rate where one is measured, else the contact's word; any wet sensor is wet. */
const rain = (samples: readonly Sample[]): Observation | undefined => {
  const rates = numbers(samples, 'rainRate')
  const wet = [
    ...numbers(samples, 'rainAnalog').map((voltage) => voltage < rainBelowVolts),
    ...switches(samples, 'rainDigital').map((dry) => !dry),
  ]
  const hazard = wet.includes(true)
  if (rates.length > 0) return { value: Math.max(...rates), hazard }
  return wet.length > 0 ? { value: hazard ? 'wet' : 'dry', hazard } : undefined
}

/** Of several outside temperatures the one farther from the middle is the worse. */
const farthestFrom = (middle: number, values: readonly number[]): Observation | undefined => {
  const [first, ...rest] = values
  if (first === undefined) return undefined
  const value = rest.reduce((a, b) => (Math.abs(b - middle) > Math.abs(a - middle) ? b : a), first)
  return { value, hazard: false }
}

const depressions = (samples: readonly Sample[]): number[] => {
  const temperatures = samples.filter(({ sensor }) => sensor.measure === 'temperature')
  return temperatures.flatMap(({ device, measured }) => {
    const dewPoints = numbers(
      samples.filter((sample) => sample.device === device),
      'dewPoint',
    )
    return typeof measured === 'number' ? dewPoints.map((dewPoint) => measured - dewPoint) : []
  })
}

/** On battery, or not full: both must be known. */
const ups = (samples: readonly Sample[]): Observation | undefined => {
  const onBattery = switches(samples, 'onBattery')
  const charge = lowest(numbers(samples, 'charge'))
  return onBattery.length > 0 && charge ? { ...charge, hazard: onBattery.includes(true) } : undefined
}

const worstWord = (said: readonly string[], order: readonly string[]): string | undefined =>
  order.find((word) => said.includes(word))

const shown = (value: string | undefined, hazard = false): Observation | undefined =>
  value === undefined ? undefined : { value, hazard }

const answers = (samples: readonly Sample[]): Observation | undefined => {
  const links = switches(samples, 'link')
  if (links.length === 0) return undefined
  return links.includes(false) ? { value: 'no answer', hazard: true } : { value: 'answers', hazard: false }
}

/** What the samples of one poll say of each quantity. `middleC` is the middle of the allowed temperatures. */
export const observationsOf = (
  samples: readonly Sample[],
  gustMs: number | undefined,
  middleC: number,
): Observations => {
  const wind = highest(numbers(samples, 'windSpeed'))
  const temperatures = numbers(samples, 'temperature')
  const doors = worstWord(words(samples, 'doors'), ['open', 'closed'])
  return {
    rain: rain(samples),
    wind,
    gust: wind && gustMs !== undefined ? { value: gustMs, hazard: false } : undefined,
    humidity: highest(numbers(samples, 'humidity')),
    dewPointDepression: lowest(depressions(samples)),
    temperature: farthestFrom(middleC, temperatures),
    skyTemperature: highest(numbers(samples, 'skyTemperature')),
    ice: lowest(temperatures),
    insideHumidity: highest(numbers(samples, 'insideHumidity')),
    insideTemperature: lowest(numbers(samples, 'insideTemperature')),
    doors: shown(doors, doors === 'open'),
    lights: shown(worstWord(words(samples, 'lights'), ['on', 'off'])),
    dome: shown(worstWord(words(samples, 'dome'), ['open', 'moving', 'closed'])),
    ups: ups(samples),
    link: answers(samples),
    disk: lowest(numbers(samples, 'diskFree')),
  }
}

/** A rain detector whose voltage and contact disagree; the worse counts. */
export const rainConflicts = (samples: readonly Sample[]): Flag[] =>
  samples.flatMap(({ sensor, measured, device }) => {
    if (sensor.measure !== 'rainAnalog' || typeof measured !== 'number') return []
    const dry = switches(
      samples.filter((sample) => sample.device === device),
      'rainDigital',
    )
    const wet = measured < rainBelowVolts
    if (!dry.includes(wet)) return []
    const said = wet ? 'rain, its contact dry' : 'dry, its contact rain'
    return [flag('CONFLICTING_RAIN', device.name, `${measured} V says ${said}; taken as rain`)]
  })
