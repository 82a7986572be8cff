import { describe, expect, it } from 'vitest'
import { effectiveOf } from '#domain/alerts/effective.ts'
import { type JudgeInput, judge } from '#domain/alerts/judge.ts'
import { digestOf, type NoticeDigest } from '#domain/alerts/notice.ts'
import { type StrategyGiven, strategySchema } from '#domain/alerts/strategy.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { noticeNamed } from '#test/support/notices.ts'

const bat = digestOf(noticeNamed('swift-bat.xml'))

const strategyWith = (gates: Partial<StrategyGiven['gates']> = {}, more: Partial<StrategyGiven> = {}) => ({
  strategy: strategySchema.parse({
    name: 'one',
    match: { missions: ['swift'] },
    gates: { maxErrorRadiusDeg: 1, maxAgeS: 600, maxPerNight: 4, maxPerNightOfMission: 2, ...gates },
    request: {
      pattern: { kind: 'centred' },
      albums: [
        {
          name: 'visible',
          detector: 'visible',
          plans: [{ name: 'r', filter: 'r', exposureS: 30, images: 4 }],
        },
      ],
      priority: 1,
      level: 1,
      validS: 3600,
    },
    ...more,
  }),
  strategyVersion: 3,
})

const judged = (
  notice: Partial<NoticeDigest>,
  { strategies = [strategyWith()], ...more }: Partial<JudgeInput> = {},
) =>
  judge({
    mission: 'swift',
    effective: effectiveOf([{ ...bat, ...notice }]),
    kind: notice.kind ?? 'detection',
    at: '2026-11-21T04:01:00.000Z',
    site,
    simulated: false,
    realDevices: [],
    strategies,
    madeThisNight: {},
    ...more,
  })

const gateOf = (judgement: ReturnType<typeof judged>, gate: string) =>
  judgement.verdicts[0]?.gates.find((one) => one.gate === gate)

const place = (raDeg: number, decDeg: number) => bat.place && { ...bat.place, raDeg, decDeg }

describe('judging a trigger', () => {
  it('records every gate with its figure, though all let it pass', () => {
    const judgement = judged({})
    expect(judgement).toMatchObject({ outcome: 'observe', decidedBy: { strategyVersion: 3 } })
    expect(gateOf(judgement, 'error-radius')).toMatchObject({ passed: true, figure: 0.05, limit: 1 })
    expect(gateOf(judgement, 'age')).toMatchObject({ passed: true, figure: 48, limit: 600, unit: 's' })
    expect(gateOf(judgement, 'visibility')).toMatchObject({ passed: true, figure: 3600 })
    expect(gateOf(judgement, 'rate')).toMatchObject({ passed: true, figure: 0, limit: 4 })
  })

  it('asks the other gates too when one is shut', () => {
    const judgement = judged({ place: null })
    expect(judgement.verdicts[0]?.gates.map(({ gate }) => gate)).toContain('rate')
  })

  it.each<[string, Partial<NoticeDigest>, Partial<JudgeInput>, 'ignore' | 'wait']>([
    ['kind', { kind: 'not-a-target' }, {}, 'ignore'],
    ['test', { testSigns: ['role=test'] }, {}, 'ignore'],
    ['position', { place: null }, {}, 'wait'],
    ['error-radius', { place: { raDeg: 50.1, decDeg: 30.2, error: null } }, {}, 'wait'],
    ['age', {}, { at: '2026-11-21T06:00:00.000Z' }, 'ignore'],
    ['age', { eventAt: '2099-01-01T00:00:00.000Z' }, {}, 'ignore'],
    ['age', { eventAt: null }, {}, 'ignore'],
    ['visibility', { place: place(50, -80) }, {}, 'ignore'],
    ['visibility', {}, { at: '2026-11-21T20:00:00.000Z' }, 'ignore'],
    ['rate', {}, { madeThisNight: { one: { all: 4, ofMission: 0 } } }, 'ignore'],
    ['mission-rate', {}, { madeThisNight: { one: { all: 3, ofMission: 2 } } }, 'ignore'],
    [
      'false-alarm',
      { falseAlarmHints: ['Most_Likely_Index=8'] },
      { strategies: [strategyWith({ refusedHints: ['Most_Likely_Index'] })] },
      'wait',
    ],
    [
      'galactic-latitude',
      { place: place(266.4, -29) },
      { strategies: [strategyWith({ minGalacticLatitudeDeg: 10 })] },
      'ignore',
    ],
    [
      'false-alarm-rate',
      { falseAlarmRateHz: 1e-6 },
      { strategies: [strategyWith({ maxFalseAlarmRateHz: 1e-8 })] },
      'wait',
    ],
    [
      'signal-to-noise',
      { signalToNoise: 5 },
      { strategies: [strategyWith({ minSignalToNoise: 6.5 })] },
      'wait',
    ],
    [
      'significance',
      { significant: false },
      { strategies: [strategyWith({ significantOnly: true })] },
      'wait',
    ],
  ])('the gate %s shuts', (gate, notice, more, outcome) => {
    const judgement = judged(notice, more)
    expect(gateOf(judgement, gate)?.passed).toBe(false)
    expect(judgement.reason).toContain(`${gate}: `)
    // By day the target is not visible either; what counts is that nothing is asked for.
    if (gate !== 'visibility' && gate !== 'galactic-latitude') expect(judgement.outcome).toBe(outcome)
    expect(judgement.outcome).not.toBe('observe')
  })

  it('a hint that is not refused is noted and lets it pass', () => {
    const judgement = judged({ falseAlarmHints: ['GRB_Identified=false'] })
    expect(judgement.outcome).toBe('observe')
    expect(gateOf(judgement, 'false-alarm')?.text).toBe('noted: GRB_Identified=false')
  })

  it('a test passes in a drill', () => {
    const drill = strategyWith({}, { drill: true })
    expect(judged({ testSigns: ['role=test'] }, { strategies: [drill] }).outcome).toBe('observe')
  })

  it('what no strategy is about is ignored, with its reason', () => {
    const judgement = judged({}, { mission: 'gecam' })
    expect(judgement).toMatchObject({ outcome: 'ignore', decidedBy: null })
    expect(judgement.reason).toBe('no strategy is about gecam BAT SWIFT_BAT_GRB_POS_ACK')
  })

  it('the strategy for its radius decides, and one that is switched off is not asked', () => {
    const wide = strategyWith(
      {},
      { name: 'wide', order: 1, match: { missions: ['swift'], radiusFromDeg: 0.5 } },
    )
    const off = strategyWith({}, { name: 'off', order: 2, enabled: false })
    const judgement = judged({}, { strategies: [wide, off, strategyWith()] })
    expect(judgement.verdicts.map(({ strategy }) => strategy)).toEqual(['one'])
  })

  it('of several the first that lets it pass decides, and what the others said is kept', () => {
    const strict = strategyWith({ maxErrorRadiusDeg: 0.01 }, { name: 'strict', order: 1 })
    const judgement = judged({}, { strategies: [strict, strategyWith()] })
    expect(judgement.decidedBy?.strategy.name).toBe('one')
    expect(judgement.verdicts.map(({ outcome }) => outcome)).toEqual(['wait', 'observe'])
  })
})
