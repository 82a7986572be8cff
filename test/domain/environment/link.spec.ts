import { describe, expect, it } from 'vitest'
import { environment } from '#domain/environment/decider.ts'
import type { QuantityName } from '#domain/environment/events.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import { fineWeather, instantAt, rejected, reply, unreachable, weather } from '../../support/environment.ts'
import { given, historyOf } from '../../support/given-when-then.ts'

const { rulesVersion } = safetyRules()
const log = historyOf(environment, fineWeather(0, 1202))
const fine = given(environment)(...log)
const lastReadings = log.flatMap(({ event }) =>
  event.type === 'EnvironmentAssessed' ? [event.data.readingIds] : [],
)

describe('the line to the PLC', () => {
  it('is lost once per outage', () => {
    const lost = fine.when(unreachable(1204))
    lost.then({
      type: 'PlcLinkLost',
      data: {
        address: '127.0.0.1:5003',
        phase: 'connect',
        detail: 'nobody listens',
        pollId: unreachable(1204).commandId,
      },
    })
    lost.and.when(unreachable(1206, { phase: 'reply', detail: 'no answer within 1000 ms' })).thenNothing()
  })

  it('is restored by the next answer, which says how long it was gone', () => {
    const back = fine.when(unreachable(1204)).and.when(reply(1210, weather()))
    back.thenTypes('PlcLinkRestored', 'WeatherReadingRecorded', 'SiteReadingRecorded', 'EnvironmentAssessed')
    expect(back.the('PlcLinkRestored').data).toEqual({
      address: '127.0.0.1:5003',
      lostAt: instantAt(1204),
      outageS: 6,
    })
    const { commandId } = reply(1210, weather())
    expect(back.the('EnvironmentAssessed').data.readingIds).toEqual([
      eventIdOf(commandId, 1),
      eventIdOf(commandId, 2),
    ])
    back.and.when(unreachable(1212)).thenTypes('PlcLinkLost')
  })

  it('is restored by a rejected answer too: the line works', () =>
    fine.when(unreachable(1204)).and.when(rejected(1206)).thenTypes('PlcLinkRestored', 'PlcReplyRejected'))

  it('P5 a rejected answer is recorded and the last good reading stands until it is stale', () => {
    const first = fine.when(rejected(1204))
    first.then({
      type: 'PlcReplyRejected',
      data: {
        reason: 'INVALID_JSON',
        detail: 'Unexpected end of JSON input',
        raw: '[{"name":"STATUS"',
        rawBytes: 17,
      },
    })
    const stale = first.and.when(rejected(1214))
    stale.thenTypes('PlcReplyRejected', 'EnvironmentWentStale', 'SafetyVerdictGiven')
    expect(stale.the('EnvironmentWentStale').data).toEqual({
      quantities: [{ quantity: 'rain', lastSampleAt: instantAt(1202), staleAfterS: 10 }],
    })
  })

  it('rain goes stale after 10 s, the weather after 30 s, each once and each with a verdict', () => {
    let now = fine.when(unreachable(1204))
    const wentStale: [number, QuantityName[]][] = []
    for (let s = 1206; s <= 1300; s += 2) {
      now = now.and.when(unreachable(s))
      for (const event of now.decided)
        if (event.type === 'EnvironmentWentStale')
          wentStale.push([s, event.data.quantities.map(({ quantity }) => quantity)])
      const types = now.decided.map(({ type }) => type)
      expect(types.includes('SafetyVerdictGiven')).toBe(types.includes('EnvironmentWentStale'))
    }
    expect(wentStale).toEqual([
      [1214, ['rain']],
      [
        1234,
        [
          'wind',
          'gust',
          'humidity',
          'dewPointDepression',
          'temperature',
          'skyTemperature',
          'ice',
          'insideHumidity',
          'insideTemperature',
        ],
      ],
    ])
  })

  it('names what a verdict without an answer rests on', () => {
    const command = unreachable(1214)
    const decided = fine.when(command)
    decided.thenTypes('PlcLinkLost', 'EnvironmentWentStale', 'SafetyVerdictGiven')
    expect(decided.the('EnvironmentWentStale').metadata).toEqual({
      rulesVersion,
      causationId: eventIdOf(command.commandId, 0),
    })
    const verdict = decided.the('SafetyVerdictGiven')
    expect(verdict.metadata).toEqual({ rulesVersion, causationId: eventIdOf(command.commandId, 1) })
    expect(verdict.data).toMatchObject({
      state: 'unknown',
      previous: 'safe',
      readingIds: lastReadings.at(-1),
      reopenExpectedAt: null,
      reasons: [
        {
          quantity: 'rain',
          text: 'rain is unknown since 02:20:14 UTC; closed until it is measured and safe for 1200 s',
        },
      ],
    })
  })

  it('names the outage that began some polls ago as the cause', () => {
    const lost = unreachable(1206)
    const stale = fine.when(lost).and.when(unreachable(1214)).the('EnvironmentWentStale')
    expect(stale.metadata).toEqual({ rulesVersion, causationId: eventIdOf(lost.commandId, 0) })
  })

  it('runs the good-for delay from the first answer after the outage', () => {
    const back = fine.when(unreachable(1214)).and.when(reply(1216, weather()))
    expect(back.the('EnvironmentAssessed').data).toMatchObject({
      quantities: { rain: { state: 'unsafe', safeExpectedAt: instantAt(2416) }, wind: { state: 'safe' } },
      verdict: { state: 'unsafe', since: instantAt(1216), reopenExpectedAt: instantAt(2416) },
    })
  })

  it('counts a gap that nobody told as unknown: after a restart the delays run anew', () => {
    const back = fine.when(reply(1302, weather()))
    expect(back.the('SafetyVerdictGiven').data).toMatchObject({
      state: 'unsafe',
      previous: 'safe',
      reopenExpectedAt: instantAt(2502),
    })
  })

  it('gives the verdict unknown when the very first poll gets no answer, once', () => {
    const boot = given(environment)().when(unreachable(0))
    boot.thenTypes('PlcLinkLost', 'SafetyVerdictGiven')
    const { data, metadata } = boot.the('SafetyVerdictGiven')
    expect(data).toMatchObject({ state: 'unknown', previous: null, readingIds: [], reopenExpectedAt: null })
    expect(data.reasons.map(({ quantity }) => quantity)).toEqual([
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
    ])
    expect(metadata?.causationId).toBe(eventIdOf(unreachable(0).commandId, 0))
    boot.and.when(unreachable(2)).thenNothing()
  })
})
