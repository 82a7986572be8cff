import { describe, expect, it } from 'vitest'
import { readPlanInput } from '#domain/planning/bad-input.ts'
import { explain } from '#domain/planning/explain.ts'
import { fairnessOf } from '#domain/planning/fairness.ts'
import { plan } from '#domain/planning/plan.ts'
import { runnersUp } from '#domain/planning/runners-up.ts'
import { horizonAt } from '#domain/planning/sky/horizon.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

const hour = { from: '2026-12-13T07:00:00Z', until: '2026-12-13T08:00:00Z' }
const one = (id: string, changed: Record<string, unknown> = {}) => ({
  id,
  priority: 50,
  durationS: 2400,
  target: null,
  windows: [hour],
  ...changed,
})

const planningOf = (candidates: Record<string, unknown>[], input: Record<string, unknown> = {}) =>
  plan(
    readPlanInput({
      site: sanPedroMartir,
      night: '2026-12-12',
      setup: { kind: 'fixed', seconds: 60 },
      candidates,
      ...input,
    }),
  )
const ids = (planning: ReturnType<typeof planningOf>) => planning.plan.placed.map(({ id }) => id)
const reasonOf = (planning: ReturnType<typeof planningOf>, id: string) =>
  explain(planning).find((left) => left.id === id)?.reason

describe('tiers', () => {
  const urgent = one('urgent', { tier: 'time-critical', priority: 90 })
  const best = one('best', { priority: 1 })

  it('count before priorities, and who outranked whom is told', () => {
    const planning = planningOf([best, urgent])
    expect(ids(planning)).toEqual(['urgent'])
    expect(reasonOf(planning, 'best')).toMatchObject({
      code: 'NO_FREE_INTERVAL',
      figures: { outrankedBy: ['urgent'], displaces: [], startAt: null },
      text: expect.stringContaining('what is in its way cannot be moved: urgent'),
    })
  })

  it('leave what they do not use to the lower ones', () =>
    expect(ids(planningOf([one('rest', { tier: 'filler', durationS: 600 }), urgent])).toSorted()).toEqual([
      'rest',
      'urgent',
    ]))

  it('share quotas: what a higher one uses is gone', () => {
    const quotas = [{ level: 'user', id: 'ana', leftS: 3000 }]
    const other = one('other', { user: 'ana', windows: [] })
    const planning = planningOf([{ ...urgent, user: 'ana' }, other], { quotas })
    expect(ids(planning)).toEqual(['urgent'])
    expect(reasonOf(planning, 'other')).toMatchObject({ code: 'QUOTA_USER' })
  })
})

describe('a cadence', () => {
  const cadence = { times: 3, minGapS: 3600, maxGapS: 5400 }
  const repeated = one('x', { durationS: 600, windows: [], cadence })

  it('is planned as often as is due, each within its gaps', () =>
    expect(planningOf([repeated]).plan.placed.map(({ occurrence }) => occurrence)).toEqual([1, 2, 3]))

  it('goes on from what was observed before', () => {
    const previousStarts = ['2026-12-13T03:00:00Z', '2026-12-13T04:10:00Z']
    expect(planningOf([{ ...repeated, previousStarts }]).plan.placed).toMatchObject([
      { occurrence: 3, startsAt: expect.stringMatching(/^2026-12-13T05:(1|2|3)/) },
    ])
  })

  it('is caught up at once when an exposure was missed', () =>
    expect(
      planningOf([{ ...repeated, previousStarts: ['2026-12-10T05:00:00Z'] }]).plan.placed[0]?.occurrence,
    ).toBe(2))

  it('is over when it was observed as often as was asked for', () => {
    const previousStarts = ['2026-12-10T05:00:00Z', '2026-12-10T06:10:00Z', '2026-12-10T07:20:00Z']
    expect(reasonOf(planningOf([{ ...repeated, previousStarts }]), 'x')).toMatchObject({
      code: 'CADENCE_DONE',
      figures: { times: 3, done: 3 },
    })
  })

  it('is not due yet: from when', () =>
    expect(
      reasonOf(
        planningOf([
          {
            ...repeated,
            cadence: { times: 3, minGapS: 172_800, maxGapS: 200_000 },
            previousStarts: ['2026-12-12T05:00:00Z'],
          },
        ]),
        'x',
      ),
    ).toMatchObject({
      code: 'CADENCE_NOT_DUE',
      figures: { lastStartedAt: '2026-12-12T05:00:00Z', dueFrom: '2026-12-14T05:00:00.000Z' },
    }))
})

describe('the horizon and the meridian', () => {
  const star = one('star', { target: { ra: 84, dec: 0 }, windows: [] })

  it('hide a target: what stands how high', () =>
    expect(
      reasonOf(planningOf([star], { horizon: [{ azimuthDeg: 180, altitudeDeg: 70 }] }), 'star'),
    ).toMatchObject({ code: 'BEHIND_HORIZON', figures: { longestS: 0, neededS: 2400, highestDeg: 70 } }))

  it('a low wall changes nothing', () =>
    expect(ids(planningOf([star], { horizon: [{ azimuthDeg: 180, altitudeDeg: 29 }] }))).toEqual(['star']))

  it('limit the hour angle', () =>
    expect(reasonOf(planningOf([{ ...star, constraints: { maxHourAngleH: 0.25 } }]), 'star')).toMatchObject({
      code: 'HOUR_ANGLE',
      figures: { limitH: 0.25, neededS: 2400, longestS: 1795.1 },
    }))

  it('the horizon goes round in straight lines', () => {
    const at = horizonAt([
      { azimuthDeg: 350, altitudeDeg: 10 },
      { azimuthDeg: 10, altitudeDeg: 20 },
    ])
    expect([350, 0, 10, 180].map(at)).toEqual([10, 15, 20, 15])
  })
})

describe('fair shares', () => {
  it.each([
    [0, 1],
    [100, 1],
    [150, 0.75],
    [300, 0.5],
  ])('of 100 s, after %s s used: %s', (usedS, fairness) =>
    expect(fairnessOf({ usedS, shareS: 100 })).toBe(fairness),
  )

  it('of equals, whose group has used more than its share waits', () => {
    const quotas = [{ level: 'programme', id: 'greedy', leftS: 90_000, usedS: 9000, shareS: 3000 }]
    const candidates = [one('a', { programme: 'greedy' }), one('b', { programme: 'modest' })]
    expect(ids(planningOf(candidates))).toEqual(['a'])
    expect(ids(planningOf(candidates, { quotas }))).toEqual(['b'])
  })
})

describe('what a plan tells about demand', () => {
  const planning = planningOf([one('a', { priority: 10 }), one('b'), one('c', { priority: 60 })])

  it('names who came nearest to the place of each', () =>
    expect(runnersUp(explain(planning)).get('a')).toMatchObject({ id: 'b' }))

  it('a minute costs something only when it is wanted', () => {
    const priceAt = (from: string) =>
      planning.plan.pressure.find(({ at }) => at.startsWith(from))?.pricePerMinute
    expect(
      planning.plan.pressure.some(({ at, pricePerMinute }) => at < hour.from && pricePerMinute > 0),
    ).toBe(false)
    expect(priceAt('2026-12-13T07:2')).toBeGreaterThan(0)
  })
})

describe('a closure that is expected to end', () => {
  it('is planned around: nothing before it ends, all that fits after', () => {
    const closures = [{ from: '2026-12-13T06:30:00Z', until: '2026-12-13T07:15:00Z', why: 'rain' }]
    const { placed } = planningOf([one('a')], { closures, from: '2026-12-13T06:45:00Z' }).plan
    expect(placed).toMatchObject([{ id: 'a', startsAt: expect.stringMatching(/^2026-12-13T07:1[56]/) }])
  })
})

describe('odd inputs', () => {
  it.each([
    ['nothing', [], {}],
    ['a quota of nothing', [one('a', { user: 'u' })], { quotas: [{ level: 'user', id: 'u', leftS: 0 }] }],
    ['a preferred time outside the windows', [one('a', { preferredAt: '2026-12-14T01:00:00Z' })], {}],
    ['a circumpolar target', [one('a', { target: { ra: 10, dec: 89.9 } })], {}],
    [
      'a closure of the whole night',
      [one('a')],
      { closures: [{ from: '2026-12-12T00:00:00Z', until: '2026-12-14T00:00:00Z', why: 'snow' }] },
    ],
    ['now after the end of the night', [one('a')], { from: '2026-12-13T20:00:00Z' }],
  ])('%s: each candidate is planned or has a reason', (_, candidates, input) => {
    const planning = planningOf(candidates, input)
    expect([...ids(planning), ...explain(planning).map(({ id }) => id)]).toEqual(
      candidates.map(({ id }) => id),
    )
  })
})
