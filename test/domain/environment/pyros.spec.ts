import { describe, expect, it } from 'vitest'
import { environment } from '#domain/environment/decider.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import { instantAt, reply } from '../../support/environment.ts'
import { given, historyOf } from '../../support/given-when-then.ts'
import { goldenTables, pyrosReply, scenarioReply } from '../../support/pyros.ts'

const environmentGiven = given(environment)
const policies = ['strict', 'pyros'] as const

/** The scenario as PYROS's logs have it: every two seconds, rain from 3 to 6. */
const scenario = (validPolicy: (typeof policies)[number]) =>
  historyOf(
    environment,
    [1, 3, 5, 7, 9].map((second) => reply(second, scenarioReply(second), { validPolicy })),
  )

const assessments = (validPolicy: (typeof policies)[number]) =>
  scenario(validPolicy).flatMap(({ event }) => (event.type === 'EnvironmentAssessed' ? [event.data] : []))

const first = () => environmentGiven().when(reply(0, pyrosReply()))

describe('the PLC of PYROS', () => {
  it('P4 keeps six devices in their order and flags two lamps with one serial number', () => {
    const decided = first()
    expect(decided.the('WeatherReadingRecorded').data).toEqual({
      source: pyrosReply().source,
      devices: pyrosReply().devices.slice(0, 4),
    })
    expect(decided.the('SiteReadingRecorded').data.devices).toEqual(pyrosReply().devices.slice(4))
    expect(decided.the('EnvironmentAssessed').data.flags).toContainEqual({
      code: 'DUPLICATE_SERIAL',
      device: 'LAMP FLAT CAGIRE',
      detail: 'REF_3434 is also the serial number of LAMP_FLAT_CAGIRE',
    })
  })

  it('P6 strict shows valid sensors alone', () => {
    const { weather, site, flags } = first().the('EnvironmentAssessed').data
    expect(weather).toMatchObject({
      humidityPercent: 64.1,
      windSpeedMs: 3.1,
      windDirectionDeg: 202.3,
      pressureMbar: 769.2,
    })
    expect(site.humidityPercent).toBeNull()
    expect(flags).toContainEqual({
      code: 'INVALID_DEVICE',
      device: 'VantagePro',
      detail: 'valid is "no"; not used',
    })
  })

  it('P6 P12 the pyros policy gives the ten golden rows', () => {
    const { weatherwatch, sitewatch } = goldenTables()
    const polls = assessments('pyros')
    expect(
      polls.map(({ weather }) => ({
        global_status: weather.globalStatus,
        humidity: weather.humidityPercent,
        wind: weather.windSpeedMs,
        wind_dir: weather.windDirectionDeg,
        temperature: weather.temperatureC,
        pressure: weather.pressureMbar,
        rain: weather.rainRateMmH,
        cloud: weather.skyTemperatureC,
      })),
    ).toEqual(weatherwatch.map(({ id: _, updated: __, ...row }) => row))
    expect(
      polls.map(({ site }) => ({
        global_status: site.globalStatus,
        lights: site.lights,
        dome: site.dome,
        doors: site.doors,
        temperature: site.temperatureC,
        shutter: site.shutter,
        pressure: site.pressureMbar,
        humidity: site.humidityPercent,
      })),
    ).toEqual(sitewatch.map(({ id: _, updated: __, ...row }) => row))
  })

  it('P7 a rain detector that contradicts itself is wet, with a flag', () => {
    const { weather, quantities, flags } = first().the('EnvironmentAssessed').data
    expect(weather).toMatchObject({ globalStatus: 'RAINING', rainRateMmH: 0 })
    expect(quantities.rain).toMatchObject({
      value: 0,
      state: 'unsafe',
      interpretation: 'rain detected',
      action: 'secure',
    })
    expect(flags).toContainEqual({
      code: 'CONFLICTING_RAIN',
      device: 'DRD11',
      detail: '2.345 V says rain, its contact dry; taken as rain',
    })
    expect(assessments('strict').map((poll) => poll.weather.globalStatus)).toEqual(Array(5).fill('RAINING'))
  })

  it('P7 the verdict is strict under either policy', () => {
    const [strict, pyros] = policies.map((policy) => assessments(policy))
    expect(pyros?.map(({ quantities, verdict }) => ({ quantities, verdict }))).toEqual(
      strict?.map(({ quantities, verdict }) => ({ quantities, verdict })),
    )
  })

  it('P8 strict fills temperature and cloud, and what is not known is null, never 0', () => {
    const { weather, site } = first().the('EnvironmentAssessed').data
    expect(weather).toMatchObject({ temperatureC: 12.12, skyTemperatureC: -15.67 })
    expect(site).toEqual({
      globalStatus: 'UNKNOWN',
      lights: null,
      dome: null,
      doors: '',
      temperatureC: null,
      shutter: null,
      pressureMbar: null,
      humidityPercent: null,
    })
  })

  it('P9 POCS#1346 keeps both clocks, each in UTC, and flags the device clock that stands still in 2017', () => {
    const decided = first()
    expect(decided.the('WeatherReadingRecorded').metadata).toEqual({ observedAt: '2017-03-03T13:45:00.000Z' })
    expect(decided.the('SiteReadingRecorded').metadata).toEqual({ observedAt: '2017-03-03T13:45:00.000Z' })
    const clockCodes = assessments('strict').map(({ flags }) =>
      flags.map(({ code }) => code).filter((code) => code.startsWith('DEVICE_CLOCK')),
    )
    const stopped = ['DEVICE_CLOCK_STOPPED', 'DEVICE_CLOCK_SKEWED']
    expect(clockCodes).toEqual([['DEVICE_CLOCK_SKEWED'], ['DEVICE_CLOCK_SKEWED'], stopped, stopped, stopped])
  })

  it.each(['', 'yesterday', '2017-02-30T25:00:00'])('P9 flags a device clock that says "%s"', (date) => {
    const answer = { ...pyrosReply(), source: { ...pyrosReply().source, date } }
    const decided = environmentGiven().when(reply(0, answer))
    expect(decided.the('WeatherReadingRecorded').metadata).toBeUndefined()
    expect(decided.the('EnvironmentAssessed').data.flags.map(({ code }) => code)).toContain(
      'DEVICE_CLOCK_UNREADABLE',
    )
  })

  it('P11 every answered poll is assessed, also when nothing changed, and counted per night', () => {
    const decided = first()
    decided.thenTypes(
      'WeatherReadingRecorded',
      'SiteReadingRecorded',
      'EnvironmentAssessed',
      'SafetyVerdictGiven',
    )
    const second = decided.and.when(reply(2, pyrosReply()))
    second.thenTypes('WeatherReadingRecorded', 'SiteReadingRecorded', 'EnvironmentAssessed')
    const next = second.and.when(reply(4, pyrosReply(), { night: '2026-11-21' }))
    const polls = [decided, second, next].map((poll) => poll.the('EnvironmentAssessed').data)
    expect(polls.map(({ night, poll }) => [night, poll])).toEqual([
      ['2026-11-20', 1],
      ['2026-11-20', 2],
      ['2026-11-21', 1],
    ])
  })

  it('names the readings and the rules that an assessment and a verdict rest on', () => {
    const command = reply(0, pyrosReply())
    const [weatherId, siteId, assessmentId] = [0, 1, 2].map((index) => eventIdOf(command.commandId, index))
    const decided = environmentGiven().when(command)
    const { rulesVersion } = safetyRules()
    const assessed = decided.the('EnvironmentAssessed')
    expect(assessed.data.readingIds).toEqual([weatherId, siteId])
    expect(assessed.metadata).toEqual({ rulesVersion, causationId: weatherId })
    const verdict = decided.the('SafetyVerdictGiven')
    expect(verdict.data.readingIds).toEqual([weatherId, siteId])
    expect(verdict.metadata).toEqual({ rulesVersion, causationId: assessmentId })
  })

  it('writes an assessment of less than 4.5 kB', () => {
    const { data } = first().and.when(reply(2, pyrosReply())).the('EnvironmentAssessed')
    expect(JSON.stringify(data).length).toBeLessThan(4500)
    expect(data.verdict.since).toBe(instantAt(0))
  })
})
