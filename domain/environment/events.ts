import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'
import { readingSchema } from './readings.ts'

const instant = z.iso.datetime()

/** The meteorological devices of one poll, as they came. */
export const weatherReadingRecorded = defineEvent('WeatherReadingRecorded', {
  version: 1,
  schema: readingSchema,
})

/** All other devices of the same poll (lamps, dome, UPS, …), as they came. */
export const siteReadingRecorded = defineEvent('SiteReadingRecorded', { version: 1, schema: readingSchema })

/** The PLC answered something that is not a status. `raw` is what came, as text, cut at 2,048 characters. */
export const plcReplyRejected = defineEvent('PlcReplyRejected', {
  version: 1,
  schema: z.object({
    reason: z.enum(['INVALID_JSON', 'WRONG_SHAPE', 'TOO_LARGE']),
    detail: z.string(),
    raw: z.string(),
    rawBytes: z.number().int().nonnegative(),
  }),
})

/** Once per outage, at the first poll that got no answer. `phase` is how far that poll came. */
export const plcLinkLost = defineEvent('PlcLinkLost', {
  version: 1,
  schema: z.object({
    address: z.string(),
    phase: z.enum(['connect', 'send', 'reply']),
    detail: z.string(),
    /** The command of the poll that found it gone: this event's own id follows from it, so that later ones can name it. */
    pollId: z.uuid().optional(),
  }),
})

export const plcLinkRestored = defineEvent('PlcLinkRestored', {
  version: 1,
  schema: z.object({ address: z.string(), lostAt: instant, outageS: z.number().nonnegative() }),
})

export const quantityNames = [
  'rain',
  'wind',
  'gust',
  'humidity',
  'dewPointDepression',
  'temperature',
  'skyTemperature',
  'ice',
  'insideHumidity',
  'insideTemperature',
  'doors',
  'lights',
  'dome',
  'ups',
  'link',
  'disk',
] as const

export const quantityNameSchema = z.enum(quantityNames)

/** Worst last. Unknown counts as unsafe wherever it is asked whether the roof may be open. */
export const safetyStateSchema = z.enum(['safe', 'warn', 'unsafe', 'unknown'])

/** What the rules make of one quantity: PYROS's "intelligent synthesis" {value; interpretation; decision}, with its grounds. */
export const judgementSchema = z.object({
  value: z.union([z.number(), z.string(), z.null()]),
  unit: z.string(),
  /** After hysteresis and delays. */
  state: safetyStateSchema,
  since: instant,
  /** In words: "raining hard", "no rain", "unknown". */
  interpretation: z.string(),
  /** `secure`: close; `hold`: start nothing long; `none`. */
  action: z.enum(['none', 'hold', 'secure']),
  /** The unsafe limit that is nearest, and how far it is, in the unit of the value; negative is beyond it. */
  limit: z.number().nullable(),
  margin: z.number().nullable(),
  /** The last sample that was not safe: the good-for delay runs from here. Null once it has passed. */
  notSafeAt: instant.nullable(),
  /** The last one that was unsafe and not just missing, where that makes the delay longer (ice). */
  unsafeAt: instant.optional(),
  /** Since when samples have been beyond the limit without a break: the bad-for delay runs from here. */
  breachedSince: instant.nullable(),
  /** When it will be safe if every sample from now on is; null when it is, or when its samples are not. */
  safeExpectedAt: instant.nullable(),
})

export const flagSchema = z.object({
  code: z.enum([
    'CONFLICTING_RAIN',
    'DUPLICATE_SERIAL',
    'DUPLICATE_DEVICE',
    'UNKNOWN_DEVICE',
    'MISSING_VALUE',
    'NOT_A_NUMBER',
    'OUT_OF_RANGE',
    'UNEXPECTED_UNIT',
    'INVALID_DEVICE',
    'FROZEN_VALUE',
    'DEVICE_CLOCK_STOPPED',
    'DEVICE_CLOCK_SKEWED',
    'DEVICE_CLOCK_UNREADABLE',
  ]),
  device: z.string(),
  value: z.string().optional(),
  detail: z.string(),
})

/** The row that weatherwatch shows. Columns of PYROS; a value that is not known is null. */
export const weatherSummarySchema = z.object({
  globalStatus: z.string(),
  humidityPercent: z.number().nullable(),
  windSpeedMs: z.number().nullable(),
  /** From where it blows, north 0, east 90. */
  windDirectionDeg: z.number().nullable(),
  temperatureC: z.number().nullable(),
  pressureMbar: z.number().nullable(),
  rainRateMmH: z.number().nullable(),
  /** PYROS's `cloud`: the sky's temperature; colder is clearer. */
  skyTemperatureC: z.number().nullable(),
})

/** The row that sitewatch shows. `doors` is an empty string, not null, while nothing is known of them (as PYROS had it). */
export const siteSummarySchema = z.object({
  globalStatus: z.string(),
  lights: z.string().nullable(),
  dome: z.string().nullable(),
  doors: z.string(),
  temperatureC: z.number().nullable(),
  shutter: z.string().nullable(),
  pressureMbar: z.number().nullable(),
  humidityPercent: z.number().nullable(),
})

/**
 * One per poll that was answered: what the rules make of the readings in the same append. Carries all that the next
 * judgement needs of the past but the gusts of the last five minutes, which are in the readings.
 */
export const environmentAssessed = defineEvent('EnvironmentAssessed', {
  version: 1,
  schema: z.object({
    night: z.iso.date(),
    /** Counts the answered polls of the night, from 1. */
    poll: z.number().int().positive(),
    readingIds: z.array(z.uuid()),
    validPolicy: z.enum(['strict', 'pyros']),
    weather: weatherSummarySchema,
    site: siteSummarySchema,
    quantities: z.partialRecord(quantityNameSchema, judgementSchema),
    flags: z.array(flagSchema),
    verdict: z.object({ state: safetyStateSchema, since: instant, reopenExpectedAt: instant.nullable() }),
    /** Per sensor (`device/value`) that can freeze: what it says, and since when. */
    sensors: z.record(
      z.string(),
      z.object({ value: z.union([z.number(), z.string(), z.boolean()]), changedAt: instant }),
    ),
    deviceClock: z.object({ date: z.string(), seen: z.number().int().positive() }).nullable(),
  }),
})

/** Quantities whose last sample grew too old between polls; each is `unknown` from here on. */
export const environmentWentStale = defineEvent('EnvironmentWentStale', {
  version: 1,
  schema: z.object({
    quantities: z.array(
      z.object({
        quantity: quantityNameSchema,
        lastSampleAt: instant.nullable(),
        staleAfterS: z.number().positive(),
      }),
    ),
  }),
})

/** The site's verdict, recorded whenever it, or what it rests on, becomes another. */
export const safetyVerdictGiven = defineEvent('SafetyVerdictGiven', {
  version: 1,
  schema: z.object({
    state: safetyStateSchema,
    previous: safetyStateSchema.nullable(),
    /** Every quantity that is not safe, worst first. */
    reasons: z.array(
      z.object({
        quantity: quantityNameSchema,
        state: safetyStateSchema,
        /** A sentence for a person: "wind 12.3 m/s, limit 9.7 m/s for 90 s". */
        text: z.string(),
        value: z.union([z.number(), z.string(), z.null()]),
        unit: z.string(),
        limit: z.number().nullable(),
        margin: z.number().nullable(),
        since: instant,
      }),
    ),
    readingIds: z.array(z.uuid()),
    /** When the roof may open if nothing gets worse; null when it may, or when nobody can tell. */
    reopenExpectedAt: instant.nullable(),
  }),
})

export const environmentEvents = [
  weatherReadingRecorded,
  siteReadingRecorded,
  plcReplyRejected,
  plcLinkLost,
  plcLinkRestored,
  environmentAssessed,
  environmentWentStale,
  safetyVerdictGiven,
] as const

export type EnvironmentEvent = EventOf<(typeof environmentEvents)[number]>
export type EnvironmentAssessed = EventOf<typeof environmentAssessed>
export type SafetyVerdictGiven = EventOf<typeof safetyVerdictGiven>
export type QuantityName = z.output<typeof quantityNameSchema>
export type SafetyState = z.output<typeof safetyStateSchema>
export type Judgement = z.output<typeof judgementSchema>
export type Flag = z.output<typeof flagSchema>
export type WeatherSummary = z.output<typeof weatherSummarySchema>
export type SiteSummary = z.output<typeof siteSummarySchema>
