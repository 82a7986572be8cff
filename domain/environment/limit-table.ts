import type { QuantityName } from './events.ts'

/** `at` is the limit, `op` how a value meets it. */
export type Threshold = { readonly op: '>=' | '>' | '<=' | '<'; readonly at: number }

/** One end of what is allowed. */
export type Side = {
  readonly unsafe: Threshold
  readonly safe: Threshold
  /** Unsafe without waiting for the bad-for delay. */
  readonly atOnce?: Threshold
  /** Where the way to the limit begins: `warn` starts after four fifths of it. Without it there is no warning. */
  readonly neutral?: number
}

export type Limit = {
  readonly unit: string
  /** The unit as it ends the names of an override: `unsafeMs`. */
  readonly suffix: string
  readonly high?: Side
  readonly low?: Side
  /** How long a breach must last to be unsafe; meanwhile it is a warning. */
  readonly badForS: number
  /** How long every sample must be safe, from the last one that was not. */
  readonly goodForS: number
  /** The same after samples that were missing; as long as `goodForS` where it is not given. */
  readonly afterUnknownS?: number
  readonly staleAfterS: number
  /** A value identical for so long is a dead sensor; null where standing still is normal. */
  readonly frozenAfterS: number | null
  /** Unknown from the start; the others count once a device has reported them, and for ever after. */
  readonly mandatory: boolean
}

const kmh = (speed: number): number => speed / 3.6

const reached = (unsafe: number, below: number, neutral: number): Side => ({
  unsafe: { op: '>=', at: unsafe },
  safe: { op: '<', at: below },
  neutral,
})

const sunkTo = (unsafe: number, above: number, neutral: number): Side => ({
  unsafe: { op: '<=', at: unsafe },
  safe: { op: '>', at: above },
  neutral,
})

const measured = { staleAfterS: 30, frozenAfterS: 1200, mandatory: true }
const contact = { suffix: '', unit: '', frozenAfterS: null, mandatory: false }
const celsius = { unit: '°C', suffix: 'C' }
const percent = { unit: '%', suffix: 'Percent' }

/**
 * The limits, as data. Wind stands in the table of the specification as 35, 30 and 50 km/h (gusts 40, 35 and 60).
 * The way to a limit begins at 0 for wind, at 50 % for humidity, 10 °C from the dew point, in the middle of the allowed
 * temperatures, at a clear sky of -40 °C, at 10 °C for ice and for the inside.
 */
export const limitTable: Readonly<Record<QuantityName, Limit>> = {
  rain: {
    unit: 'mm/h',
    suffix: 'MmH',
    high: { unsafe: { op: '>', at: 0 }, safe: { op: '<=', at: 0 } },
    badForS: 0,
    goodForS: 1200,
    staleAfterS: 10,
    frozenAfterS: null,
    mandatory: true,
  },
  wind: {
    unit: 'm/s',
    suffix: 'Ms',
    high: { ...reached(kmh(35), kmh(30), 0), atOnce: { op: '>=', at: kmh(50) } },
    badForS: 90,
    goodForS: 600,
    ...measured,
  },
  gust: {
    unit: 'm/s',
    suffix: 'Ms',
    high: { ...reached(kmh(40), kmh(35), 0), atOnce: { op: '>=', at: kmh(60) } },
    badForS: 90,
    goodForS: 600,
    ...measured,
  },
  humidity: {
    ...percent,
    high: { ...reached(75, 70, 50), atOnce: { op: '>=', at: 90 } },
    badForS: 90,
    goodForS: 300,
    ...measured,
  },
  dewPointDepression: { ...celsius, low: sunkTo(5, 6, 10), badForS: 90, goodForS: 300, ...measured },
  temperature: {
    ...celsius,
    high: { unsafe: { op: '>', at: 30 }, safe: { op: '<=', at: 29 }, neutral: 15.5 },
    low: { unsafe: { op: '<', at: 1 }, safe: { op: '>=', at: 2 }, neutral: 15.5 },
    badForS: 90,
    goodForS: 300,
    ...measured,
  },
  skyTemperature: { ...celsius, high: reached(-15, -18, -40), badForS: 300, goodForS: 300, ...measured },
  // 24 h of closure after every boot cannot be meant: only a sample that was cold enough for ice asks for them.
  ice: {
    ...celsius,
    low: sunkTo(0, 1, 10),
    badForS: 3600,
    goodForS: 86_400,
    afterUnknownS: 1200,
    ...measured,
  },
  insideHumidity: { ...percent, high: reached(80, 75, 50), badForS: 60, goodForS: 600, ...measured },
  insideTemperature: { ...celsius, low: sunkTo(0, 1, 10), badForS: 60, goodForS: 600, ...measured },
  doors: { ...contact, badForS: 1800, goodForS: 0, staleAfterS: 30 },
  lights: { ...contact, badForS: 0, goodForS: 0, staleAfterS: 30 },
  dome: { ...contact, badForS: 0, goodForS: 0, staleAfterS: 30 },
  ups: {
    ...contact,
    ...percent,
    low: { unsafe: { op: '<', at: 99.9 }, safe: { op: '>=', at: 99.9 } },
    badForS: 60,
    goodForS: 300,
    staleAfterS: 120,
  },
  link: { ...contact, badForS: 600, goodForS: 30, staleAfterS: 300 },
  disk: {
    ...contact,
    ...percent,
    low: { unsafe: { op: '<', at: 5 }, safe: { op: '>', at: 6 }, neutral: 25 },
    badForS: 0,
    goodForS: 0,
    staleAfterS: 300,
  },
}
