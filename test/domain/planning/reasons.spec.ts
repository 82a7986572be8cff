import { describe, expect, it } from 'vitest'
import { readPlanInput } from '#domain/planning/bad-input.ts'
import { explain, whyNot } from '#domain/planning/explain.ts'
import { plan } from '#domain/planning/plan.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

const orion = { ra: 84, dec: 0 }
const moonField = { ra: 322, dec: -12 }

const one = (changed: Record<string, unknown>) => ({
  id: 'x',
  priority: 50,
  durationS: 1200,
  target: orion,
  ...changed,
})

const reasonOf = (candidates: Record<string, unknown>[], input: Record<string, unknown> = {}) => {
  const planning = plan(
    readPlanInput({
      site: sanPedroMartir,
      night: '2026-12-12',
      setup: { kind: 'fixed', seconds: 60 },
      candidates,
      ...input,
    }),
  )
  return whyNot(planning, 'x')?.reason
}

const hour = { from: '2026-12-13T08:00:00Z', until: '2026-12-13T09:00:00Z' }

describe('why a candidate is left out', () => {
  it('never gets high enough: by how much, and that it never will', () =>
    expect(reasonOf([one({ target: { ra: 100, dec: -50 } })])).toMatchObject({
      code: 'BELOW_LIMIT',
      figures: { limitDeg: 30, highestDeg: 8.93, shortByDeg: 21.07, everDeg: 8.93 },
      text: expect.stringContaining('it never gets above 8.9° from this site'),
    }))

  it('is high enough, but not for long', () =>
    expect(
      reasonOf([
        one({ target: { ra: 84, dec: -35 }, constraints: { minAltitudeDeg: 23.5 }, durationS: 7200 }),
      ]),
    ).toMatchObject({
      code: 'ABOVE_TOO_SHORTLY',
      figures: { neededS: 7200, limitDeg: 23.5 },
    }))

  it('names the airmass where that is the limit', () =>
    expect(reasonOf([one({ target: { ra: 84, dec: -25 }, constraints: { maxAirmass: 1.5 } })])).toMatchObject(
      {
        code: 'BELOW_LIMIT',
        figures: { limitDeg: 41.81, maxAirmass: 1.5 },
      },
    ))

  it('is too near the Moon', () =>
    expect(reasonOf([one({ target: moonField, constraints: { minMoonSeparationDeg: 40 } })])).toMatchObject({
      code: 'MOON_TOO_NEAR',
      figures: { limitDeg: 40, illumination: 0.16 },
    }))

  it('wants a darker Moon than there is', () =>
    expect(
      reasonOf([
        one({
          target: { ra: 330, dec: 60 },
          windows: [{ until: '2026-12-13T02:30:00Z' }],
          constraints: { maxMoonIllumination: 0.1 },
        }),
      ]),
    ).toMatchObject({ code: 'MOON_TOO_BRIGHT', figures: { illumination: 0.16, limit: 0.1 } }))

  it('wants a darker sky than its windows have', () =>
    expect(
      reasonOf([
        one({
          target: { ra: 0, dec: 40 },
          windows: [{ until: '2026-12-13T02:05:00Z' }],
          constraints: { maxSunAltitudeDeg: -18 },
        }),
      ]),
    ).toMatchObject({ code: 'SUN_TOO_HIGH', figures: { limitDeg: -18, neededS: 1200 } }))

  it('passes too near the zenith', () =>
    expect(
      reasonOf([
        one({
          target: { ra: 84, dec: 31 },
          windows: [{ from: '2026-12-13T07:25:00Z', until: '2026-12-13T07:50:00Z' }],
        }),
      ]),
    ).toMatchObject({ code: 'TOO_NEAR_ZENITH', figures: { limitDeg: 88 } }))

  it('its windows lie outside the night', () =>
    expect(reasonOf([one({ windows: [{ from: '2026-12-14T08:00:00Z' }] })])).toMatchObject({
      code: 'OUTSIDE_NIGHT',
      figures: { overlapS: 0, neededS: 1200, nightUntil: '2026-12-13T13:34:36.000Z' },
    }))

  it('its window is shorter than its exposure', () =>
    expect(
      reasonOf([one({ windows: [{ from: '2026-12-13T08:00:00Z', until: '2026-12-13T08:10:00Z' }] })]),
    ).toMatchObject({ code: 'WINDOW_TOO_SHORT', figures: { longestS: 600, neededS: 1200 } }))

  it('the dome is closed', () =>
    expect(reasonOf([one({ windows: [hour] })], { closures: [{ ...hour, why: 'rain' }] })).toMatchObject({
      code: 'DOME_CLOSED',
      figures: { closedS: 3600, why: 'rain' },
    }))

  it('its last start has passed', () =>
    expect(reasonOf([one({ windows: [hour] })], { from: '2026-12-13T08:45:00Z' })).toMatchObject({
      code: 'WINDOW_PASSED',
      figures: { lastStartAt: '2026-12-13T08:40:00.000Z', now: '2026-12-13T08:45:00.000Z' },
    }))

  it('better ones have its time: which, and at what difference in score', () => {
    const rival = { ...one({ id: 'rival', priority: 10, windows: [hour], durationS: 3000 }) }
    const reason = reasonOf([one({ windows: [hour] }), rival])
    expect(reason).toMatchObject({
      code: 'NO_FREE_INTERVAL',
      figures: { displaces: ['rival'], neededS: 1200 },
    })
    // Worths are 2^9 × √5 and 2^5 × √2, near full quality both.
    const difference = reason?.code === 'NO_FREE_INTERVAL' ? reason.figures.scoreDifference : 0
    expect(difference).toBeCloseTo(2 ** 5 * Math.SQRT2 - 2 ** 9 * Math.sqrt(5), -1.5)
  })

  it('gave way to something new: where it was', () => {
    const rival = one({ id: 'rival', priority: 10, windows: [hour], durationS: 3000 })
    const previous = [{ id: 'x', startsAt: '2026-12-13T08:10:00Z' }]
    expect(reasonOf([one({ windows: [hour] }), rival], { previous })).toMatchObject({
      code: 'DISPLACED',
      figures: { displaces: ['rival'], wasAt: '2026-12-13T08:10:00.000Z' },
    })
  })

  it('its quota is used up by others of the plan', () => {
    const other = one({ id: 'other', priority: 10, user: 'ana' })
    const quotas = [{ level: 'user', id: 'ana', leftS: 2000 }]
    expect(reasonOf([one({ user: 'ana' }), other], { quotas })).toEqual({
      code: 'QUOTA_USER',
      figures: {
        level: 'user',
        of: 'ana',
        leftS: 2000,
        plannedS: 1200,
        neededS: 1200,
        otherwisePlanned: true,
      },
      text: 'user ana has 13 min of quota left after 20 min of this plan; it needs 20 min',
    })
  })

  it('it never gets dark', () =>
    expect(
      reasonOf([one({})], { site: { ...sanPedroMartir, latitudeDeg: 78 }, night: '2026-06-20' }),
    ).toMatchObject({ code: 'NIGHT_EMPTY' }))

  it('nobody asked for it, or it is planned', () => {
    const planning = plan(readPlanInput({ site: sanPedroMartir, night: '2026-12-12', candidates: [one({})] }))
    expect(whyNot(planning, 'x')).toBeNull()
    expect(whyNot(planning, 'y')).toBeUndefined()
    expect(explain(planning)).toEqual([])
  })
})
