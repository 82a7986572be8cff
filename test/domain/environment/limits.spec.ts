import { describe, expect, it } from 'vitest'
import type { Judgement, QuantityName } from '#domain/environment/events.ts'
import { judge } from '#domain/environment/judgement.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { instantAt } from '../../support/environment.ts'

type Value = number | string
type Row = {
  readonly quantity: QuantityName
  /** Values at which it is unsafe, the mildest first. */
  readonly unsafe: readonly Value[]
  /** Values next to those that do not break the limit, but do not make it safe again. */
  readonly between: readonly Value[]
  readonly safe: readonly Value[]
  readonly badForS: number
  readonly goodForS: number
  /** Unsafe without delay; and next to it, what waits. */
  readonly atOnce?: readonly [Value, Value]
}

const kmh = (speed: number): number => speed / 3.6

/** Far from every limit, without a warning. */
const calm: Readonly<Record<QuantityName, Value>> = {
  rain: 0,
  wind: 3,
  gust: 3,
  humidity: 40,
  dewPointDepression: 12,
  temperature: 15,
  skyTemperature: -35,
  ice: 10,
  insideHumidity: 40,
  insideTemperature: 12,
  doors: 'closed',
  lights: 'off',
  dome: 'closed',
  ups: 100,
  link: 'answers',
  disk: 50,
}

// Typed from the specification's table, not from the code's.
const table: readonly Row[] = [
  { quantity: 'rain', unsafe: [0.01, 5], between: [], safe: [0], badForS: 0, goodForS: 1200 },
  {
    quantity: 'wind',
    unsafe: [kmh(35), kmh(36)],
    between: [kmh(34.9), kmh(30)],
    safe: [kmh(29.9)],
    badForS: 90,
    goodForS: 600,
    atOnce: [kmh(50), kmh(49.9)],
  },
  {
    quantity: 'gust',
    unsafe: [kmh(40)],
    between: [kmh(39.9), kmh(35)],
    safe: [kmh(34.9)],
    badForS: 90,
    goodForS: 600,
    atOnce: [kmh(60), kmh(59.9)],
  },
  {
    quantity: 'humidity',
    unsafe: [75],
    between: [74.9, 70],
    safe: [69.9],
    badForS: 90,
    goodForS: 300,
    atOnce: [90, 89.9],
  },
  {
    quantity: 'dewPointDepression',
    unsafe: [5, -1],
    between: [5.1, 6],
    safe: [6.1],
    badForS: 90,
    goodForS: 300,
  },
  {
    quantity: 'temperature',
    unsafe: [0.9, 30.1],
    between: [1, 1.9, 29.1, 30],
    safe: [2, 29],
    badForS: 90,
    goodForS: 300,
  },
  {
    quantity: 'skyTemperature',
    unsafe: [-15, 3],
    between: [-15.1, -18],
    safe: [-18.1],
    badForS: 300,
    goodForS: 300,
  },
  { quantity: 'ice', unsafe: [0, -5], between: [0.1, 1], safe: [1.1], badForS: 3600, goodForS: 86_400 },
  { quantity: 'insideHumidity', unsafe: [80], between: [79.9, 75], safe: [74.9], badForS: 60, goodForS: 600 },
  { quantity: 'insideTemperature', unsafe: [0], between: [0.1, 1], safe: [1.1], badForS: 60, goodForS: 600 },
  { quantity: 'ups', unsafe: [99.8], between: [], safe: [99.9, 100], badForS: 60, goodForS: 300 },
  { quantity: 'disk', unsafe: [4.9], between: [5, 6], safe: [6.1], badForS: 0, goodForS: 0 },
  { quantity: 'ups', unsafe: ['on battery'], between: [], safe: [100], badForS: 60, goodForS: 300 },
  { quantity: 'link', unsafe: ['no answer'], between: [], safe: ['answers'], badForS: 600, goodForS: 30 },
  { quantity: 'doors', unsafe: ['open'], between: [], safe: ['closed'], badForS: 1800, goodForS: 0 },
]

const { limits } = safetyRules()
const hazards = new Set<Value>(['on battery', 'no answer', 'open', 'wet'])

/** One quantity under our eyes: a sample every so often, the good ones until it is safe. */
const watch = ({ quantity, badForS }: Row) => {
  const limit = limits[quantity]
  let nowS = 0
  let judgement: Judgement | undefined
  const sample = (value: Value | undefined, afterS = 1): Judgement => {
    const lastSampleAt = judgement ? instantAt(nowS) : null
    nowS += afterS
    const observation =
      value === undefined
        ? undefined
        : hazards.has(value)
          ? { value: quantity === 'ups' ? 100 : value, hazard: true }
          : { value, hazard: false }
    judgement = judge(quantity, observation, judgement, limit, { at: instantAt(nowS), lastSampleAt })
    return judgement
  }
  const stepS = Math.min(limit.staleAfterS, 10)
  const sampleFor = (value: Value, seconds: number): Judgement => {
    let last = sample(value, Math.min(stepS, seconds))
    for (let left = seconds - stepS; left > 0; left -= stepS) last = sample(value, Math.min(stepS, left))
    return last
  }
  const good = calm[quantity]
  sample(good)
  sampleFor(good, (limit.afterUnknownS ?? limit.goodForS) + 1)
  /** Breaks the limit for long enough. */
  const close = (value: Value | undefined): Judgement => {
    const first = sample(value)
    return value !== undefined && badForS > 0 ? sampleFor(value, badForS) : first
  }
  return { sample, sampleFor, close, good, now: () => nowS }
}

const rowsWith = (pick: (row: Row) => readonly Value[]): [QuantityName, Value, Row][] =>
  table.flatMap((row) => pick(row).map((value): [QuantityName, Value, Row] => [row.quantity, value, row]))

describe('the limits', () => {
  it.each(rowsWith((row) => row.unsafe))('%s is unsafe at %s once it lasts', (_, value, row) => {
    const { sample, sampleFor } = watch(row)
    if (row.badForS > 0) {
      expect(sample(value).state).toBe('warn')
      expect(sampleFor(value, row.badForS - 1).state).toBe('warn')
    }
    expect(sample(value)).toMatchObject({ state: 'unsafe', action: 'secure', safeExpectedAt: null })
  })

  it.each(rowsWith((row) => row.between))('%s stays what it was at %s', (_, value, row) => {
    const fine = watch(row)
    expect(fine.sampleFor(value, row.badForS + 10).breachedSince).toBeNull()
    const bad = watch(row)
    expect(bad.close(row.unsafe[0]).state).toBe('unsafe')
    expect(bad.sampleFor(value, 2000).state).toBe('unsafe')
  })

  it.each(rowsWith((row) => row.between))(
    '%s is not safe at %s if it was unknown before',
    (_, value, row) => {
      const { sample, sampleFor } = watch(row)
      sample(undefined)
      expect(sampleFor(value, row.goodForS + 60)).toMatchObject({ state: 'unsafe', safeExpectedAt: null })
    },
  )

  it.each(rowsWith((row) => row.safe))(
    '%s is safe again at %s after its delay, not before',
    (_, value, row) => {
      const { sample, sampleFor, close, now } = watch(row)
      close(row.unsafe[0])
      const badUntil = now()
      if (row.goodForS === 0) return expect(sample(value).state).not.toBe('unsafe')
      expect(sample(value)).toMatchObject({
        state: 'unsafe',
        notSafeAt: instantAt(badUntil),
        safeExpectedAt: instantAt(badUntil + row.goodForS),
      })
      expect(sampleFor(value, row.goodForS - 2).state).toBe('unsafe')
      expect(sample(value).state).not.toBe('unsafe')
    },
  )

  it.each(table.filter(({ atOnce }) => atOnce))('$quantity closes at once when it is far beyond', (row) => {
    const [far, near] = row.atOnce ?? []
    expect(watch(row).sample(near).state).toBe('warn')
    expect(watch(row).sample(far).state).toBe('unsafe')
  })

  it.each(table)('$quantity is unknown at once without a sample, and its delay runs after', (row) => {
    const { sample, sampleFor, good, now } = watch(row)
    const delayS = row.quantity === 'ice' ? 1200 : row.goodForS
    expect(sample(undefined)).toMatchObject({ value: null, state: 'unknown', interpretation: 'unknown' })
    if (delayS === 0) return expect(sample(good).state).toBe('safe')
    expect(sample(good)).toMatchObject({ state: 'unsafe', safeExpectedAt: instantAt(now() + delayS) })
    expect(sampleFor(good, delayS - 1).state).toBe('unsafe')
    expect(sample(good).state).toBe('safe')
  })

  it.each(table)('$quantity counts a gap longer than its stale limit as unknown', (row) => {
    const { staleAfterS } = limits[row.quantity]
    const within = watch(row)
    expect(within.sample(within.good, staleAfterS).state).toBe('safe')
    const beyond = watch(row)
    const state = row.goodForS > 0 ? 'unsafe' : 'safe'
    expect(beyond.sample(beyond.good, staleAfterS + 1)).toMatchObject({
      state,
      since: instantAt(beyond.now()),
    })
  })

  it.each(table.filter(({ badForS, goodForS }) => badForS > 0 && goodForS > 0))(
    '$quantity forbids safe for its good-for delay after a breach too short to close',
    (row) => {
      const { sample, sampleFor, good } = watch(row)
      expect(sample(row.unsafe[0]).state).toBe('warn')
      expect(sampleFor(good, row.goodForS - 1).state).toBe('warn')
      expect(sample(good).state).toBe('safe')
    },
  )

  it('an unsafe ice sample keeps its day of closure through a restart', () => {
    const row = table.find(({ quantity }) => quantity === 'ice')
    if (!row) throw new Error('no row for ice')
    const { sample, close, good, now } = watch(row)
    close(-1)
    const frozenUntil = now()
    expect(sample(undefined).state).toBe('unknown')
    expect(sample(good)).toMatchObject({ state: 'unsafe', safeExpectedAt: instantAt(frozenUntil + 86_400) })
  })

  it.each<[QuantityName, number, number]>([
    ['wind', kmh(27.9), kmh(28.1)],
    ['gust', kmh(31.9), kmh(32.1)],
    ['humidity', 69.9, 70.1],
    ['dewPointDepression', 6.1, 5.9],
    ['temperature', 27.0, 27.2],
    ['temperature', 4.0, 3.8],
    ['skyTemperature', -20.1, -19.9],
    ['ice', 2.1, 1.9],
    ['insideHumidity', 73.9, 74.1],
    ['insideTemperature', 2.1, 1.9],
    ['disk', 9.1, 8.9],
  ])('%s warns after four fifths of the way: not at %s, but at %s', (quantity, far, near) => {
    const row = table.find((known) => known.quantity === quantity)
    if (!row) throw new Error(`no row for ${quantity}`)
    const { sample } = watch(row)
    expect(sample(far)).toMatchObject({ state: 'safe', action: 'none' })
    expect(sample(near)).toMatchObject({ state: 'warn', action: 'hold', breachedSince: null })
    // It trembles about the line without flapping.
    expect(sample(far).state).toBe('warn')
    expect(sample(calm[quantity]).state).toBe('safe')
  })

  it('POCS#504 weather that comes and goes never opens', () => {
    const row = table.find(({ quantity }) => quantity === 'wind')
    if (!row) throw new Error('no row for wind')
    const { sampleFor, close } = watch(row)
    close(kmh(36))
    const states = new Set<string>()
    for (let minute = 0; minute < 120; minute++) {
      states.add(sampleFor(kmh(20), 50).state)
      states.add(sampleFor(kmh(36), 10).state)
    }
    expect([...states]).toEqual(['unsafe'])
  })

  it('says how far the nearest limit is', () => {
    const margin = (quantity: QuantityName, value: number) => {
      const row = table.find((known) => known.quantity === quantity)
      if (!row) throw new Error(`no row for ${quantity}`)
      const { limit, margin } = watch(row).sample(value)
      return { limit, margin }
    }
    expect(margin('wind', 12.3)).toEqual({ limit: 9.722, margin: -2.578 })
    expect(margin('dewPointDepression', 7.5)).toEqual({ limit: 5, margin: 2.5 })
    expect(margin('temperature', 28)).toEqual({ limit: 30, margin: 2 })
    expect(margin('temperature', 3)).toEqual({ limit: 1, margin: 2 })
    expect(margin('rain', 0)).toEqual({ limit: 0, margin: 0 })
  })
})
