import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { environment } from '#domain/environment/decider.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { reachesBackFarEnough, resumeEnvironment } from '#domain/environment/resume.ts'
import { secondsBetween } from '#domain/shared/time.ts'
import { fineWeather, instantAt, reply, unreachable, weather } from '../../support/environment.ts'
import { commandsOf, steps } from '../../support/environment-arbitraries.ts'
import { given, historyOf } from '../../support/given-when-then.ts'

const rules = safetyRules()
const winds = fc.array(
  fc.record({ afterS: fc.integer({ min: 1, max: 25 }), speed: fc.integer({ min: 0, max: 20 }) }),
  {
    minLength: 20,
    maxLength: 60,
  },
)

describe('resuming', () => {
  it('is allowed from an assessment older than the gust window', () => {
    const log = historyOf(environment, fineWeather(0, 10))
    expect(reachesBackFarEnough(log, instantAt(299))).toBe(false)
    expect(reachesBackFarEnough(log, instantAt(300))).toBe(true)
    expect(reachesBackFarEnough(log.slice(0, 2), instantAt(300))).toBe(false)
  })

  test.prop([steps, steps, winds, fc.nat()], { numRuns: 50 })(
    'from a long enough tail decides as one who has read everything',
    (past, future, gusty, cut) => {
      let startS = 0
      // The walk crosses noon at the site, where one night's stream ends and the next begins.
      const noonS = 18 * 3600
      const before = commandsOf(past, rules, noonS - 200)
      startS = noonS - 200 + past.reduce((sum, { afterS }) => sum + afterS, 0)
      const middle = gusty.map(({ afterS, speed }) => {
        startS += afterS
        return reply(startS, weather({ WindSpeed: speed }), { rules, night: '2026-11-21' })
      })
      const next = commandsOf(future, rules, startS)
      const log = historyOf(environment, [...before, ...middle])
      const now = next[0]?.at ?? instantAt(startS)
      const latest = log.findLastIndex(
        ({ event, occurredAt }) =>
          event.type === 'EnvironmentAssessed' && secondsBetween(occurredAt, now) >= 300,
      )
      const tail = log.slice(latest < 0 ? 0 : cut % (latest + 1))
      expect(reachesBackFarEnough(tail, now)).toBe(latest >= 0)
      const full = given(environment)(...log)
      let whole = full.state
      let resumed = resumeEnvironment(tail)
      for (const command of next.slice(0, 10)) {
        const decided = environment.decide(command, whole)
        expect(environment.decide(command, resumed)).toEqual(decided)
        for (const event of decided) {
          whole = environment.evolve(whole, event, command.at)
          resumed = environment.evolve(resumed, event, command.at)
        }
      }
    },
  )

  it('in the middle of an outage knows since when the line is lost', () => {
    const log = historyOf(environment, [
      ...fineWeather(0, 20),
      unreachable(22),
      unreachable(24),
      unreachable(60),
    ])
    const assessed = log.findLastIndex(({ event }) => event.type === 'EnvironmentAssessed')
    const resumed = resumeEnvironment(log.slice(assessed))
    const [restored] = environment.decide(reply(400, weather()), resumed)
    expect(restored).toMatchObject({ type: 'PlcLinkRestored', data: { lostAt: instantAt(22), outageS: 378 } })
  })
})
