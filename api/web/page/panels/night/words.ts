import type { Night } from '../../../answers.ts'

const words: Readonly<Record<string, string>> = {
  opening: 'opening',
  'evening-flats': 'evening flats',
  focusing: 'focusing',
  observing: 'observing',
  'morning-flats': 'morning flats',
  closing: 'closing',
}

/** The night's phase in words. */
export const phaseWords = (night: Pick<Night, 'phase' | 'closed_at'> | null): string => {
  if (night === null) return 'not begun'
  if (night.closed_at) return 'over'
  return night.phase === null ? 'waiting for dusk' : (words[night.phase] ?? night.phase)
}

export const quantityWords: Readonly<Record<string, string>> = {
  rain: 'Rain',
  wind: 'Wind',
  gust: 'Gust, 5 min',
  humidity: 'Humidity',
  dewPointDepression: 'Above dew point',
  temperature: 'Temperature',
  skyTemperature: 'Sky temperature',
  ice: 'Ice',
  insideHumidity: 'Humidity inside',
  insideTemperature: 'Temperature inside',
  doors: 'Doors',
  lights: 'Lights',
  dome: 'Dome',
  ups: 'UPS',
  link: 'Link outside',
  disk: 'Disk free',
}
