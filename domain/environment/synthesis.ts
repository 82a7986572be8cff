import type { Judgement, QuantityName } from './events.ts'
import type { Observation } from './quantities.ts'

/** Words for numbers: each holds up to its bound, and for it. */
type Scale = readonly (readonly [bound: number, word: string])[]

const inWords = (value: number, scale: Scale): string =>
  scale.find(([bound]) => value <= bound)?.[1] ?? 'unknown'

const endless = Number.POSITIVE_INFINITY

const windWords: Scale = [
  [0.5, 'calm'],
  [5.5, 'light wind'],
  [8, 'moderate wind'],
  [14, 'strong wind'],
  [endless, 'gale'],
]
const humidityWords: Scale = [
  [30, 'dry'],
  [60, 'normal'],
  [75, 'humid'],
  [endless, 'very humid'],
]
const temperatureWords: Scale = [
  [0, 'freezing'],
  [10, 'cold'],
  [22, 'mild'],
  [endless, 'warm'],
]

const scales: Partial<Record<QuantityName, Scale>> = {
  wind: windWords,
  gust: windWords,
  humidity: humidityWords,
  insideHumidity: humidityWords,
  temperature: temperatureWords,
  insideTemperature: temperatureWords,
  dewPointDepression: [
    [1, 'dew'],
    [5, 'close to dew'],
    [endless, 'no dew'],
  ],
  // The sky sensor's own words: clear below -10 °C, very cloudy above 4 °C.
  skyTemperature: [
    [-10, 'clear'],
    [4, 'slightly cloudy'],
    [endless, 'very cloudy'],
  ],
  ice: [
    [0, 'ice'],
    [1, 'ice possible'],
    [endless, 'no ice'],
  ],
  disk: [
    [5, 'disk full'],
    [10, 'disk nearly full'],
    [endless, 'enough room'],
  ],
}

const rainWords = ({ value, hazard }: Observation): string => {
  if (typeof value !== 'number' || value === 0) return hazard ? 'rain detected' : 'no rain'
  if (value < 1) return 'raining lightly'
  return value < 4 ? 'raining' : 'raining hard'
}

const powerWords = ({ value, hazard }: Observation): string => {
  if (hazard) return 'on battery'
  return typeof value === 'number' && value < 99.9 ? 'charging' : 'on mains'
}

/** What a value means, in words. */
export const interpretationOf = (quantity: QuantityName, observation: Observation | undefined): string => {
  if (!observation) return 'unknown'
  if (quantity === 'rain') return rainWords(observation)
  if (quantity === 'ups') return powerWords(observation)
  const { value } = observation
  return typeof value === 'number' ? inWords(value, scales[quantity] ?? []) : value
}

/** Unknown is as bad as unsafe: the roof closes. */
export const actionFor = (state: Judgement['state']): Judgement['action'] => {
  switch (state) {
    case 'safe':
      return 'none'
    case 'warn':
      return 'hold'
    case 'unsafe':
    case 'unknown':
      return 'secure'
  }
}
