import { describe, expect, it } from 'vitest'
import { hostDevice } from '#domain/environment/commands.ts'
import { environment } from '#domain/environment/decider.ts'
import type { DeviceReading } from '#domain/environment/readings.ts'
import { device, fineWeather, instantAt, reply, type Weather, weather } from '../../support/environment.ts'
import { given, historyOf } from '../../support/given-when-then.ts'

const assess = (answer: ReturnType<typeof weather>, host?: DeviceReading) =>
  given(environment)()
    .when(reply(0, answer, host ? { host } : {}))
    .the('EnvironmentAssessed').data

const windAs = (value: number, unit: string) => {
  const answer = weather()
  const [station, ...others] = answer.devices
  if (!station) throw new Error('no station')
  const values = station.values.map((sent) =>
    sent.name === 'WindSpeed' ? { name: 'WindSpeed', value, unit } : sent,
  )
  return assess({ ...answer, devices: [{ ...station, values }, ...others] })
}

describe('reading the sensors', () => {
  it.each([
    [36, 'km/h', 10],
    [10, 'mph', 4.47],
    [10, 'kt', 5.144],
    [10, 'm/s', 10],
  ])('takes a wind of %s %s as %s m/s', (value, unit, ms) =>
    expect(windAs(value, unit).weather.windSpeedMs).toBe(ms),
  )

  it('does not use a value in a unit it does not know', () => {
    const { weather: row, flags, quantities } = windAs(10, 'furlong')
    expect(row.windSpeedMs).toBeNull()
    expect(quantities.wind).toMatchObject({ value: null, state: 'unknown' })
    expect(quantities.gust).toMatchObject({ value: null, state: 'unknown' })
    expect(flags).toContainEqual({
      code: 'UNEXPECTED_UNIT',
      device: 'VantagePro',
      value: 'WindSpeed',
      detail: '"furlong" is none of m/s, km/h, mph, kt',
    })
  })

  it.each<[string, Weather, string]>([
    ['NOT_A_NUMBER', { WindSpeed: Number.NaN }, '"NaN" where a number belongs'],
    ['NOT_A_NUMBER', { WindSpeed: Number.POSITIVE_INFINITY }, '"Infinity" where a number belongs'],
    ['NOT_A_NUMBER', { WindSpeed: '3.1' }, '"3.1" where a number belongs'],
    ['NOT_A_NUMBER', { WindSpeed: true }, 'true where a number belongs'],
    ['MISSING_VALUE', { WindSpeed: null }, 'sent without a value'],
    ['MISSING_VALUE', { WindSpeed: '' }, 'sent without a value'],
    ['OUT_OF_RANGE', { WindSpeed: -1 }, '-1 m/s is outside 0…100'],
    ['OUT_OF_RANGE', { WindSpeed: 1e9 }, '1000000000 m/s is outside 0…100'],
  ])('%s %o is flagged and unknown, never 0', (code, changed, detail) => {
    const { weather: row, flags, quantities } = assess(weather(changed))
    expect(row.windSpeedMs).toBeNull()
    expect(quantities.wind).toMatchObject({ value: null, state: 'unknown' })
    expect(flags).toEqual([{ code, device: 'VantagePro', value: 'WindSpeed', detail }])
  })

  it('stores what JSON cannot hold as the word for it', () => {
    const decided = given(environment)().when(reply(0, weather({ WindSpeed: Number.NaN })))
    const values = decided.the('WeatherReadingRecorded').data.devices[0]?.values
    expect(values).toContainEqual({ name: 'WindSpeed', value: 'NaN', unit: 'm/s' })
  })

  it('flags a value that a device of its kind should have sent', () => {
    const station = device('VantagePro', 'meteo', { OutsideTemp: 10 })
    const { flags } = assess({ ...weather(), devices: [station] })
    expect(flags.filter(({ code }) => code === 'MISSING_VALUE').map(({ value }) => value)).toEqual([
      'OutsideHumidity',
      'Pressure',
      'RainRate',
      'WindSpeed',
      'WindDir',
      'DewPoint',
      'InsideTemp',
      'InsideHumidity',
    ])
  })

  it('takes the worst of all valid sensors', () => {
    const other = device('WXT520', 'meteo', {
      WindSpeed: 11,
      OutsideHumidity: 35,
      OutsideTemp: 3,
      RainRate: 0.5,
    })
    const { quantities } = assess(weather({}, { others: [other] }))
    expect(quantities).toMatchObject({
      wind: { value: 11 },
      humidity: { value: 40 },
      temperature: { value: 3 },
      ice: { value: 3 },
      rain: { value: 0.5 },
    })
  })

  it.each(['no', 'YES', '', 'maybe'])('a device that is valid "%s" never reaches a rule', (valid) => {
    const other = device('WXT520', 'meteo', { WindSpeed: 90, RainRate: 9 }, valid)
    const { quantities, flags } = assess(weather({}, { others: [other] }))
    expect(quantities).toMatchObject({ wind: { value: 3 }, rain: { value: 0, breachedSince: null } })
    expect(flags).toEqual([
      { code: 'INVALID_DEVICE', device: 'WXT520', detail: `valid is "${valid}"; not used` },
    ])
  })

  it('flags strangers and doubles, and judges both doubles', () => {
    const others = [
      device('Netatmo', 'meteo', { WindSpeed: 50 }),
      device('VantagePro', 'meteo', { WindSpeed: 12 }),
    ]
    const { flags, quantities, sensors } = assess(weather({}, { others }))
    expect(
      flags.filter(({ code }) => code !== 'MISSING_VALUE').map(({ code, device }) => [code, device]),
    ).toEqual([
      ['UNKNOWN_DEVICE', 'Netatmo'],
      ['DUPLICATE_DEVICE', 'VantagePro'],
    ])
    expect(quantities.wind?.value).toBe(12)
    expect(sensors).toMatchObject({
      'VantagePro/WindSpeed': { value: 3 },
      'VantagePro/WindSpeed#2': { value: 12 },
    })
  })

  it.each<[string, Weather, 'wet' | 'dry']>([
    ['both dry', { analog: 2.5, digital: 1 }, 'dry'],
    ['low voltage', { analog: 2.49, digital: 1 }, 'wet'],
    ['contact', { analog: 3, digital: 0 }, 'wet'],
    ['a contact that is neither', { analog: 3, digital: 2 }, 'dry'],
    ['both wet', { analog: 1, digital: 0 }, 'wet'],
    ['contact alone', { analog: null, digital: 0 }, 'wet'],
    ['contact alone, as a boolean', { analog: null, digital: true }, 'dry'],
  ])('P7 rain detector: %s', (_, detector, word) => {
    const { quantities, flags } = assess(weather({ ...detector, RainRate: null }))
    expect(quantities.rain?.value).toBe(word)
    expect(quantities.rain?.breachedSince).toBe(word === 'wet' ? instantAt(0) : null)
    const conflict = flags.some(({ code }) => code === 'CONFLICTING_RAIN')
    expect(conflict).toBe(
      detector['analog'] === 2.49 || (detector['analog'] === 3 && detector['digital'] === 0),
    )
  })

  it('judges our own machine with the devices of the PLC', () => {
    const decided = given(environment)().when(
      reply(0, weather(), { host: hostDevice({ diskFreePercent: 4, linkAnswers: true }) }),
    )
    expect(decided.the('SiteReadingRecorded').data.devices.map(({ name }) => name)).toEqual(['HOST'])
    expect(decided.the('EnvironmentAssessed').data.quantities).toMatchObject({
      disk: { value: 4, state: 'unsafe' },
      link: { value: 'answers', state: 'unsafe' },
    })
  })

  it('keeps the highest wind of five minutes as the gust', () => {
    const gusty = [...fineWeather(0, 8), reply(10, weather({ WindSpeed: 9 })), ...fineWeather(12, 312)]
    const gusts = historyOf(environment, gusty).flatMap(({ event, occurredAt }) =>
      event.type === 'EnvironmentAssessed' ? [[occurredAt, event.data.quantities.gust?.value]] : [],
    )
    expect(new Map(gusts.map(([at, value]) => [at, value]))).toEqual(
      new Map(
        gusts.map(([at]) => [
          at,
          `${at}` < instantAt(10)
            ? expect.closeTo(3, 1)
            : `${at}` < instantAt(310)
              ? 9
              : expect.closeTo(3, 1),
        ]),
      ),
    )
  })

  it('POCS#1332 takes a sensor that has said the same for 20 minutes for dead, but not a dry rain gauge', () => {
    const still = (s: number) => reply(s, weather())
    const polls = Array.from({ length: 121 }, (_, i) => still(i * 10))
    const log = historyOf(environment, polls)
    const assessed = log.flatMap(({ event }) => (event.type === 'EnvironmentAssessed' ? [event.data] : []))
    const [before, frozen] = assessed.slice(-2)
    expect(before?.quantities.wind?.state).toBe('safe')
    expect(frozen?.quantities).toMatchObject({
      wind: { state: 'unknown' },
      gust: { state: 'unknown' },
      temperature: { state: 'unknown' },
      rain: { state: 'safe' },
    })
    expect(frozen?.flags).toContainEqual({
      code: 'FROZEN_VALUE',
      device: 'VantagePro',
      value: 'WindSpeed',
      detail: `3 since ${instantAt(0)}`,
    })
    expect(frozen?.weather.windSpeedMs).toBeNull()
    const alive = given(environment)(...log).when(reply(1202, weather({ WindSpeed: 3.1 })))
    expect(alive.the('EnvironmentAssessed').data.quantities.wind).toMatchObject({
      value: 3.1,
      state: 'unsafe',
      safeExpectedAt: instantAt(1802),
    })
  })

  it('writes less than 6 kB for all sixteen quantities', () => {
    const others = [
      device('SITE', 'site', { Doors: 'closed', Lights: 'off', Dome: 'closed', Shutter: 'closed' }),
      device('UPS', 'power', { OnBattery: false, Charge: 100 }),
    ]
    const data = assess(weather({}, { others }), hostDevice({ diskFreePercent: 40, linkAnswers: true }))
    expect(Object.keys(data.quantities)).toHaveLength(16)
    expect(JSON.stringify(data).length).toBeLessThan(6000)
  })
})
