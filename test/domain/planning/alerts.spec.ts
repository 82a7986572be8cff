import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { readPlanInput } from '#domain/planning/bad-input.ts'
import { candidateSchema } from '#domain/planning/input.ts'
import { plan } from '#domain/planning/plan.ts'
import { replanForAlert } from '#domain/planning/replan.ts'
import { randomNight } from '../../support/planner-nights.ts'

const alertAt = (ra: number, dec: number, durationS = 900) =>
  candidateSchema.parse({ id: 'grb', priority: 1, durationS, target: { ra, dec }, alert: true })

const cases = fc.record({
  seed: fc.nat(1_000_000),
  count: fc.integer({ min: 0, max: 80 }),
  atS: fc.integer({ min: 0, max: 40_000 }),
  ra: fc.integer({ min: 0, max: 359 }),
  rich: fc.boolean(),
  setup: fc.constantFrom({ kind: 'fixed', seconds: 60 } as const, { kind: 'slewing' } as const),
})

const ms = (instant: string): number => Date.parse(instant)

describe('an alert into a running plan', () => {
  test.prop([cases], { numRuns: 25 })(
    'starts as soon as it can, nothing overlaps, no quota is exceeded by the rest, and the past stays',
    ({ seed, count, atS, ra, setup, rich }) => {
      const input = readPlanInput({
        ...randomNight({ count, seed, rich }),
        setup,
        rules: { gridS: 60, effort: 0 },
      })
      const before = plan(input)
      const alert = alertAt(ra, 30)
      const after = replanForAlert(before, alert, atS)
      const at = new Date(before.prepared.night.sky.originMs + atS * 1000).toISOString()
      const alone = plan({ ...input, candidates: [alert], from: at }).plan.placed[0]
      expect(after === null).toBe(alone === undefined)
      if (!after || !alone) return
      const { placed, preempted } = after.plan
      expect(placed.find(({ id }) => id === 'grb')?.startsAt).toBe(alone.startsAt)
      placed.slice(1).forEach(({ setupAt, kind }, i) => {
        const earlier = placed[i]
        if (kind !== 'alert' && earlier) expect(ms(setupAt)).toBeGreaterThanOrEqual(ms(earlier.endsAt))
      })
      const aborted = new Set(preempted.map(({ id }) => id))
      const past = before.plan.placed.filter(({ startsAt, id }) => startsAt < at && !aborted.has(id))
      for (const { id, startsAt } of past)
        expect(placed.some((entry) => entry.id === id && entry.startsAt === startsAt)).toBe(true)
      for (const { level, id, leftS } of input.quotas) {
        const charged = placed.reduce((sum, entry) => {
          const candidate = input.candidates.find((known) => known.id === entry.id)
          return sum + (candidate?.[level] === id ? candidate.durationS : 0)
        }, 0)
        expect(charged).toBeLessThanOrEqual(leftS)
      }
      for (const { id, startsAt, occurrence } of placed) {
        const cadence = input.candidates.find((one) => one.id === id)?.cadence
        const next = placed.find((entry) => entry.id === id && entry.occurrence === occurrence + 1)
        if (!next) continue
        const gapS = (ms(next.startsAt) - ms(startsAt)) / 1000
        expect(gapS).toBeGreaterThanOrEqual(cadence?.minGapS ?? Number.POSITIVE_INFINITY)
        expect(gapS).toBeLessThanOrEqual(cadence?.maxGapS ?? 0)
      }
      expect(new Set(placed.map(({ id, occurrence }) => `${id} ${occurrence}`)).size).toBe(placed.length)
    },
  )

  it('aborts what runs and says so', () => {
    const input = readPlanInput({
      ...randomNight({ count: 0, seed: 1 }),
      candidates: [
        {
          id: 'long',
          priority: 40,
          durationS: 7200,
          target: { ra: 84, dec: 10 },
          windows: [{ from: '2026-12-13T05:00:00Z', until: '2026-12-13T07:05:00Z' }],
        },
      ],
    })
    const before = plan(input)
    const atS = (ms('2026-12-13T06:00:00Z') - before.prepared.night.sky.originMs) / 1000
    expect(replanForAlert(before, alertAt(84, 10), atS)?.plan).toMatchObject({
      preempted: [{ id: 'long', by: 'grb', at: '2026-12-13T06:00:00.000Z' }],
      placed: [{ id: 'grb', kind: 'alert', startsAt: '2026-12-13T06:01:00.000Z' }],
    })
  })

  test.prop([fc.integer({ min: 1, max: 3600 }), fc.integer({ min: 1, max: 900 })], { numRuns: 20 })(
    'follows what it may not disturb at any second, not only on the grid',
    (lengthS, restS) => {
      const at = (seconds: number) => new Date(ms('2026-12-13T06:00:00Z') + seconds * 1000).toISOString()
      const alert = { priority: 1, durationS: restS, target: { ra: 84, dec: 10 }, alert: true }
      const input = readPlanInput({
        ...randomNight({ count: 20, seed: lengthS }),
        from: at(0),
        fixed: [{ id: 'first', startsAt: at(-7), endsAt: at(lengthS), alert: true }],
        rules: { effort: 0 },
      })
      const alerts = [
        { id: 'a', ...alert },
        { id: 'b', ...alert },
      ].map((one) => candidateSchema.parse(one))
      const { placed } = plan({ ...input, candidates: [...input.candidates, ...alerts] }).plan
      expect(placed.filter(({ kind }) => kind !== 'planned').map(({ id }) => id)).toEqual(['first', 'a', 'b'])
      placed.slice(1).forEach(({ setupAt, kind }, i) => {
        const earlier = placed[i]
        if (kind !== 'fixed' && earlier) expect(ms(setupAt)).toBeGreaterThanOrEqual(ms(earlier.endsAt))
      })
    },
  )

  /** One alert is observed when another comes. */
  const two = (runningLevel: number, comingLevel: number) => {
    const alert = { alert: true, target: { ra: 84, dec: 10 } }
    const input = readPlanInput({
      ...randomNight({ count: 0, seed: 1 }),
      from: '2026-12-13T06:00:00Z',
      fixed: [
        {
          id: 'first',
          startsAt: '2026-12-13T05:55:00Z',
          endsAt: '2026-12-13T06:20:00Z',
          alert: true,
          alertLevel: runningLevel,
        },
      ],
    })
    const coming = candidateSchema.parse({
      id: 'second',
      priority: 1,
      durationS: 600,
      ...alert,
      alertLevel: comingLevel,
    })
    const inserted = replanForAlert(
      plan(input),
      coming,
      1 + (ms('2026-12-13T06:00:00Z') - plan(input).prepared.night.sky.originMs) / 1000,
    )
    return [plan({ ...input, candidates: [coming] }).plan, inserted?.plan].map((made) => ({
      preempted: made?.preempted.map(({ id, by }) => [id, by]),
      placed: made?.placed.map(({ id, startsAt }) => [id, startsAt.slice(11, 16)]),
    }))
  }

  it.each([
    [1, 1],
    [1, 2],
  ])('of level %i is not aborted for one of level %i', (running, coming) => {
    for (const made of two(running, coming))
      expect(made).toEqual({
        preempted: [],
        placed: [
          ['first', '05:55'],
          ['second', '06:21'],
        ],
      })
  })

  it('is aborted for one of a lower level', () => {
    for (const made of two(2, 1))
      expect(made).toEqual({ preempted: [['first', 'second']], placed: [['second', '06:01']] })
  })

  it('of several at once the one of the lowest level comes first, whatever its priority', () => {
    const input = readPlanInput({ ...randomNight({ count: 0, seed: 1 }), from: '2026-12-13T06:00:00Z' })
    const candidates = [
      { id: 'wide', priority: 1, alertLevel: 4 },
      { id: 'prompt', priority: 50, alertLevel: 1 },
    ].map((one) =>
      candidateSchema.parse({ durationS: 600, target: { ra: 84, dec: 10 }, alert: true, ...one }),
    )
    expect(plan({ ...input, candidates }).plan.placed.map(({ id }) => id)).toEqual(['prompt', 'wide'])
  })

  it('of a lower level that takes the place of one still to come wants a plan of the whole', () => {
    const input = readPlanInput({ ...randomNight({ count: 0, seed: 1 }), from: '2026-12-13T06:00:00Z' })
    const alert = (id: string, alertLevel: number) =>
      candidateSchema.parse({
        id,
        priority: 1,
        durationS: 600,
        target: { ra: 84, dec: 10 },
        alert: true,
        alertLevel,
      })
    const before = plan({ ...input, candidates: [alert('wide', 4)] })
    const atS = (ms('2026-12-13T06:00:00Z') - before.prepared.night.sky.originMs) / 1000
    expect(replanForAlert(before, alert('prompt', 1), atS)).toBeNull()
  })
})
