import { describe, expect, it } from 'vitest'
import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import { NightReporter } from '#domain/night/report.ts'
import { type NightReport, nightReportSchema } from '#domain/night/report-schema.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds, secondsBetween } from '#domain/shared/time.ts'
import {
  device,
  dusk,
  fineWeather,
  instantAt,
  night,
  rejected,
  reply,
  unreachable,
  type Weather,
  weather,
} from '#test/support/environment.ts'
import { recordedBy } from '#test/support/recorded-by.ts'
import { sampleNight } from '#test/support/sample-night.ts'

const reportOf = (events: readonly Recorded[], now: string): NightReport => {
  const reporter = new NightReporter(sanPedroMartir, night)
  for (const event of events) reporter.add(event)
  const report = reporter.report(now)
  if (!report) throw new Error('there is no report')
  return report
}

const reportOn = (commands: readonly EnvironmentCommand[], untilS: number): NightReport =>
  reportOf(recordedBy(commands), instantAt(untilS))

const turned = (changed: Weather, fromS: number, toS: number): EnvironmentCommand[] =>
  fineWeather(fromS, toS).map(({ at }) => {
    const s = secondsBetween(dusk, at)
    return reply(s, weather({ OutsideTemp: 12 + (s % 4) / 100, ...changed }, { at }))
  })

describe('the hours of a night', () => {
  it('are lost until the weather has been good for long enough, and to what', () => {
    const { roof, spentS, verdicts } = reportOn(fineWeather(0, 1800), 1800)
    expect(spentS).toEqual({ safe: 600, warn: 0, unsafe: 1200, unknown: 0, unwatched: 0 })
    expect(verdicts).toMatchObject({ changes: 1, omitted: 0 })
    expect(verdicts.spans).toEqual([
      { state: 'unsafe', from: instantAt(0), to: instantAt(1200) },
      { state: 'safe', from: instantAt(1200), to: instantAt(1800) },
    ])
    expect(roof?.couldOpenS).toBe(600)
    const rain = roof?.lostTo.find(({ quantity }) => quantity === 'rain')
    expect(rain).toEqual({ quantity: 'rain', unsafeS: 1200, unknownS: 0, aloneS: 0 })
    const wind = roof?.lostTo.find(({ quantity }) => quantity === 'wind')
    expect(wind?.unsafeS).toBe(600)
  })

  it('count from when the sun was down, watched or not', () => {
    const { roof } = reportOn(fineWeather(0, 1800), 1800)
    const passed = secondsBetween(roof?.from ?? '', instantAt(1800))
    expect(roof?.passedS).toBeCloseTo(passed, 1)
    expect(roof?.spentS.unwatched).toBeCloseTo(passed - 1800, 0)
    expect(roof?.lostS).toBeCloseTo(passed - 600, 0)
  })

  it('name what alone kept the roof closed', () => {
    const { roof } = reportOn([...fineWeather(0, 1300), ...turned({ RainRate: 5 }, 1302, 1400)], 1402)
    const rain = roof?.lostTo.find(({ quantity }) => quantity === 'rain')
    expect(rain).toEqual({ quantity: 'rain', unsafeS: 1300, unknownS: 0, aloneS: 100 })
  })

  it('are not watched once polls have stopped for longer than weather is trusted', () => {
    const { spentS } = reportOn(fineWeather(0, 1300), 1400)
    expect(spentS).toEqual({ safe: 130, warn: 0, unsafe: 1200, unknown: 0, unwatched: 70 })
  })

  it('are unknown, not unwatched, while the PLC does not answer', () => {
    const outage = Array.from({ length: 200 }, (_, i) => unreachable(1302 + 2 * i))
    const { spentS, plc, roof } = reportOn([...fineWeather(0, 1300), ...outage], 1700)
    expect(spentS.unwatched).toBe(0)
    // Rain is trusted for 10 s after the last good poll, and looked at every 2 s.
    expect(spentS).toMatchObject({ unsafe: 1200, safe: 112, unknown: 388 })
    expect(roof?.lostTo.find(({ quantity }) => quantity === 'rain')?.unknownS).toBe(388)
    expect(plc.outages).toEqual([{ from: instantAt(1302), to: null, outageS: 398, detail: 'nobody listens' }])
  })

  it('end with the night, however late the report is asked for', () => {
    const { asOf, ends, roof } = reportOn(fineWeather(0, 1800), 3 * 86_400)
    expect(asOf).toBe(ends)
    expect(roof?.passedS).toBeCloseTo(secondsBetween(roof?.from ?? '', roof?.to ?? ''), 1)
    const { safe = 0, warn = 0, unsafe = 0, unknown = 0, unwatched = 0 } = roof?.spentS ?? {}
    expect(safe + warn + unsafe + unknown + unwatched).toBeCloseTo(roof?.passedS ?? 0, 0)
  })
})

describe('the weather of a night', () => {
  it('has least, mean and greatest of what was measured, and when', () => {
    const commands = [12, 14, 16, 9].map((OutsideTemp, i) => reply(i * 2, weather({ OutsideTemp })))
    const { weather: statistics } = reportOn(commands, 10)
    expect(statistics.find(({ name }) => name === 'temperature')).toEqual({
      name: 'temperature',
      unit: '°C',
      min: 9,
      minAt: instantAt(6),
      max: 16,
      maxAt: instantAt(4),
      mean: 12.75,
      samples: 4,
    })
  })

  it('joins showers that begin again within five minutes', () => {
    const rain = [
      ...turned({ RainRate: 2 }, 0, 10),
      ...turned({}, 12, 200),
      ...turned({ RainRate: 7 }, 202, 210),
      ...turned({}, 212, 600),
      ...turned({ digital: 0, RainRate: null, analog: null }, 602, 604),
    ]
    expect(reportOn(rain, 700).rain).toEqual([
      { from: instantAt(0), to: instantAt(210), maxMmH: 7, polls: 11 },
      { from: instantAt(602), to: instantAt(604), maxMmH: null, polls: 2 },
    ])
  })

  it('is drawn in few enough steps, with gaps where nothing was measured', () => {
    const { timeline } = reportOn([...fineWeather(0, 60), ...fineWeather(7200, 7260)], 7300)
    expect(timeline).toMatchObject({ from: instantAt(0), stepS: 60, steps: 122 })
    const wind = timeline.tracks.find(({ quantity }) => quantity === 'wind')
    expect(wind?.points.map(([step]) => step)).toEqual([0, 1, 120, 121])
    expect(wind?.limit).toBeCloseTo(35 / 3.6, 2)
  })
})

describe('the troubles of a night', () => {
  it('are outages, also one that began the evening before', () => {
    const events = recordedBy([reply(0, weather()), unreachable(2), reply(60, weather()), unreachable(62)])
    const { plc } = reportOf(events, instantAt(100))
    expect(plc.outages).toEqual([
      { from: instantAt(2), to: instantAt(60), outageS: 58, detail: 'nobody listens' },
      { from: instantAt(62), to: null, outageS: 38, detail: 'nobody listens' },
    ])
    const restoredOnly = reportOf(
      events.filter(({ type }) => type !== 'PlcLinkLost'),
      instantAt(61),
    )
    expect(restoredOnly.plc.outages).toEqual([
      { from: instantAt(2), to: instantAt(60), outageS: 58, detail: null },
    ])
  })

  it('are rejected answers, the first of them told and all of them counted', () => {
    const { plc } = reportOn(
      Array.from({ length: 30 }, (_, i) => rejected(i * 2)),
      100,
    )
    expect(plc.rejected).toMatchObject({ count: 30, byReason: { INVALID_JSON: 30 } })
    expect(plc.rejected.first).toHaveLength(20)
    expect(plc.rejected.first[0]).toMatchObject({ at: instantAt(0), detail: 'Unexpected end of JSON input' })
  })

  it('are flags, each with how many polls had it', () => {
    const others = [device('DRD12', 'meteo', {})]
    const polls = [0, 2, 4].map((s) =>
      reply(s, weather({}, { at: instantAt(s), others: s < 4 ? others : [] })),
    )
    expect(reportOn(polls, 6).flags).toEqual([
      {
        code: 'UNKNOWN_DEVICE',
        device: 'DRD12',
        detail: 'no rule reads it; kept in the reading',
        polls: 2,
        firstAt: instantAt(0),
        lastAt: instantAt(2),
      },
    ])
  })

  it('do not make the report boundless', () => {
    const storms = Array.from({ length: 1500 }, (_, i) =>
      i % 2 === 0
        ? unreachable(i * 2)
        : reply(i * 2, weather({}, { others: [device(`odd${i}`, 'meteo', {})] })),
    )
    const { plc, flags, flagsOmitted } = reportOn(storms, 3000)
    expect([plc.outages.length, plc.outagesOmitted]).toEqual([200, 550])
    expect([flags.length, flagsOmitted]).toEqual([200, 200])
  })
})

describe('the report', () => {
  it('is what its schema says, for a night with everything in it', () => {
    const events = sampleNight({ polls: 400 })
    const report = reportOf(events, addSeconds(events.at(-1)?.metadata.occurredAt ?? '', 1))
    expect(nightReportSchema.parse(report)).toEqual(report)
    expect(report.events.count).toBe(events.length)
    expect(report.rulesVersions).toEqual(['safety-1'])
  })

  it('says of what nothing is on record', () =>
    expect(reportOn(fineWeather(0, 10), 10).notOnRecord).toEqual([
      'observing',
      'sequences',
      'alerts',
      'device faults',
      'overrides',
    ]))

  it('is the same for the same events, and none without any', () => {
    const events = sampleNight({ polls: 100 })
    expect(reportOf(events, instantAt(9000))).toEqual(reportOf(events, instantAt(9000)))
    expect(new NightReporter(sanPedroMartir, night).report(instantAt(0))).toBeNull()
  })
})
