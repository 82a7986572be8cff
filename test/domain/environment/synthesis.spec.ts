import { describe, expect, it } from 'vitest'
import { environment } from '#domain/environment/decider.ts'
import type { QuantityName } from '#domain/environment/events.ts'
import { interpretationOf } from '#domain/environment/synthesis.ts'
import { device, fineWeather, reply, type Weather, weather } from '../../support/environment.ts'
import { given, historyOf } from '../../support/given-when-then.ts'

const longFine = given(environment)(...historyOf(environment, fineWeather(0, 1202)))

const quantity = (name: QuantityName, changed: Weather) =>
  longFine.when(reply(1204, weather(changed))).the('EnvironmentAssessed').data.quantities[name]

describe('the intelligent synthesis', () => {
  it('W6 rain 5 is raining hard: secure', () =>
    expect(quantity('rain', { RainRate: 5 })).toMatchObject({
      value: 5,
      unit: 'mm/h',
      interpretation: 'raining hard',
      action: 'secure',
    }))

  it('W6 rain 0 is no rain: nothing to do', () =>
    expect(quantity('rain', { RainRate: 0 })).toMatchObject({
      value: 0,
      interpretation: 'no rain',
      action: 'none',
    }))

  it('W6 a missing value is unknown: secure', () =>
    expect(quantity('rain', { RainRate: null, analog: null, digital: null })).toMatchObject({
      value: null,
      interpretation: 'unknown',
      action: 'secure',
    }))

  it.each<[QuantityName, number, string]>([
    ['rain', 0.2, 'raining lightly'],
    ['rain', 2, 'raining'],
    ['skyTemperature', -12, 'clear'],
    ['skyTemperature', 1, 'slightly cloudy'],
    ['skyTemperature', 4.1, 'very cloudy'],
    ['wind', 0.2, 'calm'],
    ['wind', 3, 'light wind'],
    ['wind', 20, 'gale'],
    ['humidity', 40, 'normal'],
    ['humidity', 80, 'very humid'],
    ['ice', 0, 'ice'],
    ['ups', 100, 'on mains'],
    ['ups', 80, 'charging'],
  ])('W6 %s %s is "%s"', (name, value, words) =>
    expect(interpretationOf(name, { value, hazard: false })).toBe(words),
  )

  it.each<[string, Weather]>([
    ['RAINING', { RainRate: 5, WindSpeed: 12 }],
    ['WINDY', { WindSpeed: 12, OutsideHumidity: 80 }],
    ['FREEZING', { OutsideTemp: -1, OutsideHumidity: 80, DewPoint: -20 }],
    ['HUMID', { OutsideHumidity: 80, SkyTemperature: 0 }],
    ['HUMID', { DewPoint: 9 }],
    ['CLOUDY', { SkyTemperature: 0, OutsideTemp: null }],
    ['TEMPERATURE', { OutsideTemp: 31, WindSpeed: null }],
    ['UNKNOWN', { WindSpeed: null }],
    ['OK', {}],
  ])('P12 global status is the worst that is known: %s', (word, changed) =>
    expect(
      longFine.when(reply(1204, weather(changed))).the('EnvironmentAssessed').data.weather.globalStatus,
    ).toBe(word),
  )

  it('shows doors, lights, dome and shutter from the moment they are reported, and misses them after', () => {
    const site = device('SITE', 'site', { Doors: 'closed', Lights: 'off', Dome: 'Moving', Shutter: 'closed' })
    const before = longFine.when(reply(1204, weather()))
    expect(before.the('EnvironmentAssessed').data.quantities.doors).toBeUndefined()
    const with_ = before.and.when(reply(1206, weather({}, { others: [site] })))
    const seen = with_.the('EnvironmentAssessed').data
    expect(seen.site).toMatchObject({
      globalStatus: 'OK',
      doors: 'closed',
      lights: 'off',
      dome: 'moving',
      shutter: 'closed',
    })
    expect(seen.verdict.state).toBe('safe')
    const gone = with_.and.when(reply(1208, weather())).the('EnvironmentAssessed').data
    expect(gone.quantities.doors).toMatchObject({ value: null, state: 'unknown' })
    expect(gone.verdict.state).toBe('unknown')
  })

  it('a reported device that is not valid is unknown, not absent', () => {
    const ups = device('UPS', 'power', { OnBattery: false, Charge: 100 }, 'no')
    const { quantities } = longFine
      .when(reply(1204, weather({}, { others: [ups] })))
      .the('EnvironmentAssessed').data
    expect(quantities.ups).toMatchObject({ value: null, state: 'unknown' })
  })
})
