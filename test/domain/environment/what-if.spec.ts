import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import { environment } from '#domain/environment/decider.ts'
import { withSettings } from '#domain/environment/limit-settings.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import type { RecordedPoll } from '#domain/environment/recorded-poll.ts'
import { WhatIf } from '#domain/environment/what-if.ts'
import { fineWeather, instantAt, reply, unreachable, weather } from '#test/support/environment.ts'
import { commandsOf, steps } from '#test/support/environment-arbitraries.ts'

const base = safetyRules()
const rulesWith = (...settings: string[]) => withSettings(base, settings)

/** What the log keeps of these commands: JSON, and nothing of a poll that decided nothing. */
const recordedFrom = (commands: readonly EnvironmentCommand[]): RecordedPoll[] => {
  let state = environment.initial
  return commands.flatMap((command) => {
    const events = environment.decide(command, state)
    state = events.reduce((before, event) => environment.evolve(before, event, command.at), state)
    const { commandId, at, night, rules } = command
    const { rulesVersion } = rules
    return events.length === 0
      ? []
      : [{ commandId, at, night, rulesVersion, events: JSON.parse(JSON.stringify(events)) }]
  })
}

const judged = (polls: readonly RecordedPoll[], rules = base, recordedBy = base) => {
  const whatIf = new WhatIf({ before: environment.initial, base: recordedBy, rules })
  for (const poll of polls) whatIf.add(poll)
  return whatIf.result()
}

const under = (commands: readonly EnvironmentCommand[], rules: typeof base): EnvironmentCommand[] =>
  commands.map((command) => ({ ...command, rules }))

const openAtS = 1260
/** Long enough for every good-for delay to pass. */
const opening = fineWeather(0, openAtS, 6)

/** Safe after 20 minutes, then wind of 40 km/h for five minutes, then calm for twenty. */
const windyNight = (): RecordedPoll[] => {
  const windy = Array.from({ length: 150 }, (_, i) => {
    const second = 1402 + 2 * i
    return reply(
      second,
      weather(
        { WindSpeed: 40 / 3.6 + (i % 2) / 100, OutsideTemp: 12 + (i % 2) / 100 },
        { at: instantAt(second) },
      ),
    )
  })
  return recordedFrom([...fineWeather(0, 1400), ...windy, ...fineWeather(1702, 3000)])
}

describe('judging a night anew', () => {
  test.prop([steps], { numRuns: 5 })(
    'by the rules it was recorded under gives every event as it was',
    (walk) => {
      const counterfactual = judged(recordedFrom([...opening, ...commandsOf(walk, base, openAtS)]))
      expect(counterfactual.deviation).toBeNull()
      expect(counterfactual.differences).toEqual([])
      expect(counterfactual.openMinutes).toMatchObject({ gained: 0, unsafeGained: 0, lost: 0 })
      expect(counterfactual.openMinutes.recorded).toBeGreaterThan(0)
    },
  )

  test.prop([steps], { numRuns: 5 })(
    'by other rules gives the night that those rules would have made',
    (walk) => {
      const others = rulesWith(
        'wind.unsafeMs=11',
        'wind.atOnceMs=11',
        'rain.goodForS=4',
        'humidity.badForS=0',
      )
      const commands = [...opening, ...commandsOf(walk, base, openAtS)]
      const whatIf = judged(recordedFrom(commands), others)
      const truly = judged(recordedFrom(under(commands, others)), others, others)
      expect(truly.deviation).toBeNull()
      expect(whatIf.openMinutes.whatIf).toBe(truly.openMinutes.recorded)
      expect(whatIf.openMinutes.recorded).toBe(judged(recordedFrom(commands)).openMinutes.recorded)
    },
  )

  it('says when a higher limit would have been open, for how long, and what the recorded rules said', () => {
    const night = windyNight()
    const { differences, openMinutes, deviation, rules } = judged(
      night,
      rulesWith('wind.unsafeKmh=45', 'gust.unsafeKmh=50'),
    )
    expect(rules.whatIf).toMatch(/^safety-1\+[0-9a-f]{8}$/)
    expect(deviation).not.toBeNull()
    const closed = differences.find(({ recorded }) => recorded.state === 'unsafe')
    expect(closed?.recorded.reasons.join()).toContain('wind 11.1 m/s is over its limit of 9.7 m/s')
    expect(closed?.whatIf.state).toBe('warn')
    // 40 km/h breaks the recorded limit 90 s after 1402 s; the gust of 5 minutes keeps it until 600 s after 2000 s.
    expect(closed?.from).toBe(instantAt(1492))
    expect(openMinutes.gained).toBeCloseTo(openMinutes.unsafeGained, 3)
    expect(openMinutes.unsafeGained).toBeCloseTo((2600 - 1492) / 60, 0)
    expect(openMinutes.lost).toBe(0)
    expect(openMinutes.judged).toBeCloseTo(50, 3)
  })

  it('says what a lower limit would have cost', () => {
    const { openMinutes, differences } = judged(
      recordedFrom(fineWeather(0, 3000)),
      rulesWith('wind.neutralMs=0', 'wind.safeMs=1', 'wind.unsafeMs=2'),
    )
    expect(openMinutes.whatIf).toBe(0)
    expect(openMinutes.lost).toBe(openMinutes.recorded)
    expect(openMinutes.recorded).toBeGreaterThan(25)
    expect(openMinutes.gained).toBe(-openMinutes.lost)
    expect(differences.at(-1)).toMatchObject({
      to: instantAt(3000),
      recorded: { state: 'safe' },
      whatIf: { state: 'unsafe' },
    })
  })

  it('finds the deadlines of other stale limits in a silence of which the log has none', () => {
    const silence = Array.from({ length: 200 }, (_, i) => unreachable(1402 + 2 * i))
    const night = recordedFrom([...fineWeather(0, 1400), ...silence])
    const longer = judged(night, rulesWith('rain.staleAfterS=25'))
    // The recorded rules close 12 s after the last answer, at the first poll past 10 s; these at 25 s.
    expect(longer.differences).toMatchObject([
      {
        from: instantAt(1412),
        to: instantAt(1425.001),
        recorded: { state: 'unknown' },
        whatIf: { state: 'safe' },
      },
    ])
    expect(longer.openMinutes.unsafeGained).toBeCloseTo(13 / 60, 2)
    expect(judged(night, rulesWith('rain.staleAfterS=5')).differences).toMatchObject([
      {
        from: instantAt(1405.001),
        to: instantAt(1412),
        recorded: { state: 'safe' },
        whatIf: { state: 'unknown' },
      },
    ])
  })

  it('does not count hours in which nobody judged', () => {
    const night = recordedFrom([...fineWeather(0, 1400), ...fineWeather(9000, 9010)])
    expect(judged(night).openMinutes.judged).toBeCloseTo((1400 + 60 + 10) / 60, 2)
  })

  it('names the first event that does not come out as it was recorded', () => {
    const night = windyNight()
    const forged = night.map((poll, i) => (i === 300 ? { ...poll, events: poll.events.slice(0, 2) } : poll))
    const at = night[300]?.at
    expect(at).toBeDefined()
    expect(judged(forged).deviation).toMatchObject({ at, recorded: 'WeatherReadingRecorded' })
  })
})

describe('limits given by a person', () => {
  it('are put over the others, wind in km/h too', () =>
    expect(
      withSettings(safetyRules({ wind: { unsafeMs: 9, badForS: 60 } }), [
        'wind.unsafeKmh=45',
        'rain.goodForS=600',
      ]),
    ).toEqual(safetyRules({ wind: { unsafeMs: 12.5, badForS: 60 }, rain: { goodForS: 600 } })))

  it.each([
    ['wind', 'write quantity.limit=number'],
    ['wind.unsafeMs', 'write quantity.limit=number'],
    ['wind.unsafeMs=', 'write quantity.limit=number'],
    ['wind.unsafeMs=fast', 'write quantity.limit=number'],
    ['wind.unsafeMs=Infinity', 'write quantity.limit=number'],
    ['wimd.unsafeMs=12', 'wimd: no such quantity; there are rain, wind'],
    ['wind.unsafeMph=12', 'wind.unsafeMph: no such limit; wind has unsafeMs'],
    ['humidity.unsafeKmh=12', 'humidity.unsafeKmh: no such limit'],
    ['wind.unsafeKmh=90', 'wind: unsafe at once at'],
  ])('%s is refused: %s', (setting, sentence) => expect(() => rulesWith(setting)).toThrow(sentence))

  it('are refused when one is given twice', () =>
    expect(() => rulesWith('wind.unsafeKmh=45', 'wind.unsafeMs=12')).toThrow('wind.unsafeMs is given twice'))
})
