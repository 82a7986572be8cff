import { describe, expect, it } from 'vitest'
import { environment } from '#domain/environment/decider.ts'
import { device, fineWeather, instantAt, reply, type Weather, weather } from '../../support/environment.ts'
import { given, historyOf } from '../../support/given-when-then.ts'

const fine = given(environment)(...historyOf(environment, fineWeather(0, 1202)))

const verdicts = (changed: Weather, forS: number, stepS = 2) => {
  const polls = Array.from({ length: forS / stepS + 1 }, (_, i) => 1204 + i * stepS).map((s) =>
    reply(s, weather({ ...changed, OutsideTemp: 12 + (s % 4) / 100 })),
  )
  const past = historyOf(environment, fineWeather(0, 1202))
  return historyOf(environment, polls, past).flatMap(({ event, occurredAt }) =>
    event.type === 'SafetyVerdictGiven' ? [{ at: occurredAt, ...event.data }] : [],
  )
}

describe('the verdict', () => {
  it('opens 1200 s after the first good sample, when rain and ice may be trusted', () => {
    const given_ = historyOf(environment, fineWeather(0, 1210)).flatMap(({ event, occurredAt }) =>
      event.type === 'SafetyVerdictGiven' ? [[occurredAt, event.data.state, event.data.reasons.length]] : [],
    )
    expect(given_).toEqual([
      [instantAt(0), 'unsafe', 10],
      [instantAt(300), 'unsafe', 6],
      [instantAt(600), 'unsafe', 2],
      [instantAt(1200), 'safe', 0],
    ])
  })

  it('expects the opening when the last delay has passed', () =>
    expect(
      given(environment)().when(reply(0, weather())).the('SafetyVerdictGiven').data.reopenExpectedAt,
    ).toBe(instantAt(1200)))

  it('closes at once for rain, and reopens on record', () => {
    const wet = fine.when(reply(1204, weather({ RainRate: 5 })))
    expect(wet.the('SafetyVerdictGiven').data).toMatchObject({
      state: 'unsafe',
      previous: 'safe',
      reopenExpectedAt: null,
      reasons: [
        {
          quantity: 'rain',
          value: 5,
          limit: 0,
          margin: -5,
          text: 'rain 5 mm/h is over its limit of 0 mm/h; closed until 1200 s at 0 mm/h',
        },
      ],
    })
    const dry = wet.and.when(reply(1206, weather()))
    dry.thenTypes('WeatherReadingRecorded', 'SiteReadingRecorded', 'EnvironmentAssessed')
    expect(dry.the('EnvironmentAssessed').data.verdict).toEqual({
      state: 'unsafe',
      since: instantAt(1204),
      reopenExpectedAt: instantAt(2404),
    })
  })

  it('warns while a breach may still pass, closes when it has lasted', () => {
    const [warned, closed, ...others] = verdicts({ WindSpeed: 11 }, 100)
    expect(others).toEqual([])
    expect(warned).toMatchObject({
      at: instantAt(1204),
      state: 'warn',
      reopenExpectedAt: null,
      reasons: [
        {
          quantity: 'wind',
          text: 'wind 11 m/s is over its limit of 9.7 m/s; closes if that lasts 90 s from 02:20:04 UTC',
        },
        { quantity: 'gust', text: 'gust of the last 5 minutes 11 m/s is near its limit of 11.1 m/s' },
      ],
    })
    expect(closed).toMatchObject({
      at: instantAt(1294),
      state: 'unsafe',
      reasons: [
        {
          quantity: 'wind',
          state: 'unsafe',
          text: 'wind 11 m/s is over its limit of 9.7 m/s; closed until 600 s below 8.3 m/s',
        },
        { quantity: 'gust', state: 'warn' },
      ],
    })
  })

  it.each<[Weather, string]>([
    [
      { DewPoint: 8 },
      'temperature above the dew point 4 °C is under its limit of 5 °C; closes if that lasts 90 s from 02:20:04 UTC',
    ],
    [{ digital: 0 }, 'rain 0 mm/h: rain detected; closed until normal for 1200 s'],
    [
      { InsideHumidity: 80 },
      'inside humidity 80 % is at its limit of 80 %; closes if that lasts 60 s from 02:20:04 UTC',
    ],
    [
      { WindSpeed: null },
      'wind is unknown since 02:20:04 UTC; closed until it is measured and safe for 600 s',
    ],
    [{ SkyTemperature: -19 }, 'sky temperature -19 °C is near its limit of -15 °C'],
  ])('says why in a sentence: %o', (changed, text) =>
    expect(fine.when(reply(1204, weather(changed))).the('SafetyVerdictGiven').data.reasons[0]?.text).toBe(
      text,
    ),
  )

  it('tells the delay apart from the breach', () => {
    const calmed = fine.when(reply(1204, weather({ WindSpeed: 20 }))).and.when(reply(1206, weather()))
    const [wind] = calmed.and
      .when(reply(1208, weather({ RainRate: 1 })))
      .the('SafetyVerdictGiven')
      .data.reasons.filter(({ quantity }) => quantity === 'wind')
    expect(wind?.text).toBe(
      'wind 3 m/s is good; closed until 02:30:04 UTC, 600 s after it was last unsafe or unknown',
    )
  })

  it('says what a breach too short to close still forbids', () => {
    const short = fine.when(reply(1204, weather({ WindSpeed: 10 }))).and.when(reply(1206, weather()))
    const [wind] = short.and
      .when(reply(1208, weather({ RainRate: 1 })))
      .the('SafetyVerdictGiven')
      .data.reasons.filter(({ quantity }) => quantity === 'wind')
    expect(wind).toMatchObject({
      state: 'warn',
      text: 'wind 3 m/s is good after a short breach; nothing long starts until 02:30:04 UTC',
    })
  })

  it('a door that is left open warns, then closes after half an hour', () => {
    const open = device('SITE', 'site', { Doors: 'open' })
    const closed = device('SITE', 'site', { Doors: 'closed' })
    const polls = fineWeather(1204, 3020).map((command, i) => ({
      ...command,
      reply: { ...command.reply, devices: [...command.reply.devices, i === 0 ? closed : open] },
    }))
    const given_ = historyOf(environment, polls, historyOf(environment, fineWeather(0, 1202))).flatMap(
      ({ event, occurredAt }) =>
        event.type === 'SafetyVerdictGiven' ? [[occurredAt, event.data.state]] : [],
    )
    expect(given_).toEqual([
      [instantAt(1206), 'warn'],
      [instantAt(3006), 'unsafe'],
    ])
  })
})
