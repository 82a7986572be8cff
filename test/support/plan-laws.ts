import { fc, test } from '@fast-check/vitest'
import { AngleBetween, Body, DefineStar, Equator, Horizon, MakeTime, Observer } from 'astronomy-engine'
import { describe, expect } from 'vitest'
import { readPlanInput } from '#domain/planning/bad-input.ts'
import { explain } from '#domain/planning/explain.ts'
import type { PlanInput } from '#domain/planning/input.ts'
import { type Planning, plan } from '#domain/planning/plan.ts'
import { altAzOf, slewS } from '#domain/planning/search/setup.ts'
import { exactOptimum } from './planner-exact.ts'
import { randomNight } from './planner-nights.ts'

const rules = { gridS: 60, effort: 3 }

const setups = fc.constantFrom({ kind: 'fixed', seconds: 60 } as const, { kind: 'slewing' } as const)
/** Nights of all kinds, as inputs of the planner. */
export const nights = fc
  .record({
    count: fc.integer({ min: 0, max: 60 }),
    seed: fc.nat(1_000_000),
    // Short nights, long ones, with the Moon and without.
    night: fc.constantFrom('2026-12-12', '2026-06-20', '2026-03-31', '2027-09-15'),
    setup: setups,
    rich: fc.boolean(),
    from: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
  })
  .map(({ setup, from, ...size }) =>
    readPlanInput({
      ...randomNight(size),
      setup,
      rules,
      from:
        from === undefined
          ? undefined
          : new Date(Date.parse(`${size.night}T00:00:00Z`) + (27 + from) * 3_600_000).toISOString(),
    }),
  )

const ms = (instant: string): number => Date.parse(instant)
const byId = (input: PlanInput) => new Map(input.candidates.map((one) => [one.id, one]))

const planned = ({ plan: { placed }, prepared: { input } }: Planning) => {
  const candidates = byId(input)
  return placed.flatMap((entry) => {
    const candidate = candidates.get(entry.id)
    return candidate ? [{ entry, candidate }] : []
  })
}

/** Altitude and separation from the Moon by the library's own slow path, refraction left out. */
const seen = (input: PlanInput, raDeg: number, decDeg: number, atMs: number) => {
  const { latitudeDeg, longitudeDeg, elevationM } = input.site
  const observer = new Observer(latitudeDeg, longitudeDeg, elevationM)
  const date = MakeTime(new Date(atMs))
  const sun = Equator(Body.Sun, date, observer, true, true)
  const moon = Equator(Body.Moon, date, observer, true, true)
  // So far away that it has no parallax.
  DefineStar(Body.Star1, raDeg / 15, decDeg, 1e6)
  const star = Equator(Body.Star1, date, observer, true, true)
  return {
    sunDeg: Horizon(date, observer, sun.ra, sun.dec).altitude,
    moonDeg: Horizon(date, observer, moon.ra, moon.dec).altitude,
    altitudeDeg: Horizon(date, observer, star.ra, star.dec).altitude,
    separationDeg: AngleBetween(star.vec, moon.vec),
  }
}

/** The laws of one plan, over a number of nights each. */
export const planLaws = (nightsEach: number): void => {
  const runs = { numRuns: nightsEach }
  describe('laws of the plan', () => {
    test.prop([nights], runs)('nothing overlaps, and every set-up has its time', (input) => {
      const { plan: made, prepared } = plan(input)
      made.placed.forEach((entry, i) => {
        const before = made.placed[i - 1]
        expect(ms(entry.setupAt)).toBeGreaterThanOrEqual(before ? ms(before.endsAt) : ms(made.from))
        if (!before || input.setup.kind !== 'slewing') return
        const pointing = (id: string) => {
          const sighting = prepared.candidates.find(({ candidate }) => candidate.id === id)?.sighting
          const endS = (ms(before.endsAt) - prepared.night.sky.originMs) / 1000
          if (!sighting) throw new Error(`${id} has no target`)
          return altAzOf(sighting.direction, endS, prepared.night.sky.rotation)
        }
        const slew = slewS(input.setup.telescope, pointing(before.id), pointing(entry.id))
        const { settleS, acquireS } = input.setup.telescope
        expect(ms(entry.startsAt) - ms(before.endsAt)).toBeGreaterThanOrEqual(
          (slew + settleS + acquireS) * 1000,
        )
      })
    })

    test.prop([nights], runs)('what is planned meets its constraints, as the slow path sees it', (input) => {
      for (const { entry, candidate } of planned(plan(input))) {
        expect(ms(entry.endsAt) - ms(entry.startsAt)).toBe(candidate.durationS * 1000)
        if (input.from) expect(ms(entry.setupAt)).toBeGreaterThanOrEqual(ms(input.from))
        const { target, constraints } = candidate
        const [from, until] = [ms(entry.startsAt), ms(entry.endsAt)]
        for (const atMs of [from, (from + until) / 2, until]) {
          if (!target) continue
          const sky = seen(input, target.raDeg, target.decDeg, atMs)
          expect(sky.sunDeg).toBeLessThan(constraints.maxSunAltitudeDeg + 0.01)
          expect(sky.altitudeDeg).toBeGreaterThan(constraints.minAltitudeDeg - 0.01)
          if (sky.moonDeg > -0.9)
            expect(sky.separationDeg).toBeGreaterThan(constraints.minMoonSeparationDeg - 0.05)
        }
      }
    })

    test.prop([nights], runs)('no quota is exceeded', (input) => {
      const entries = planned(plan(input))
      for (const { level, id, leftS } of input.quotas) {
        const charged = entries
          .filter(({ candidate }) => candidate[level] === id)
          .reduce((sum, { candidate }) => sum + candidate.durationS, 0)
        expect(charged).toBeLessThanOrEqual(leftS)
      }
    })

    test.prop([nights], runs)('each candidate is planned once or has one reason', (input) => {
      const planning = plan(input)
      const ids = [
        ...new Set(planning.plan.placed.map(({ id }) => id)),
        ...explain(planning).map(({ id }) => id),
      ]
      const entries = planning.plan.placed.map(({ id, occurrence }) => `${id} ${occurrence}`)
      expect(new Set(entries).size).toBe(entries.length)
      expect(ids.toSorted()).toEqual(input.candidates.map(({ id }) => id).toSorted())
    })

    test.prop([nights], runs)(
      'the score is what the entries add up to, and no more than the bound',
      (input) => {
        const { plan: made } = plan(input)
        const sum = made.placed.reduce((total, { worth, quality }) => total + worth * quality, 0)
        expect(made.objective).toBeCloseTo(sum, 1)
        expect(made.objective).toBeLessThanOrEqual(made.bound * (1 + 1e-9) + 1e-9)
      },
    )

    test.prop([nights], runs)(
      'the gaps of a cadence are kept, and none of its exposures is left out',
      (input) => {
        const { placed } = plan(input).plan
        for (const { id, cadence, previousStarts } of input.candidates) {
          const starts = placed.filter((entry) => entry.id === id)
          starts.forEach(({ startsAt, occurrence }, i) => {
            expect(occurrence).toBe(previousStarts.length + i + 1)
            const before = starts[i - 1]
            if (!before) return
            const gapS = (ms(startsAt) - ms(before.startsAt)) / 1000
            expect(gapS).toBeGreaterThanOrEqual(cadence?.minGapS ?? Number.POSITIVE_INFINITY)
            expect(gapS).toBeLessThanOrEqual(cadence?.maxGapS ?? 0)
          })
          if (starts.length > 0)
            expect(previousStarts.length + starts.length).toBeLessThanOrEqual(
              cadence?.times ?? Number.POSITIVE_INFINITY,
            )
        }
      },
    )

    test.prop([fc.nat(1_000_000), fc.integer({ min: 1, max: 9 })], runs)(
      'a few candidates are planned as well as can be',
      (seed, count) => {
        const night = randomNight({ count, seed })
        const input = readPlanInput({
          ...night,
          bounds: { from: '2026-12-13T05:00:00Z', until: '2026-12-13T06:30:00Z' },
          setup: { kind: 'fixed', seconds: 60 },
          rules: { gridS: 60 },
        })
        const planning = plan(input)
        const optimum = exactOptimum(planning.solution.space.problem)
        // What decides between equals may cost a hundred thousandth.
        expect(planning.plan.objective).toBeGreaterThanOrEqual(optimum * (1 - 1e-4) - 1e-6)
        expect(planning.plan.objective).toBeLessThanOrEqual(optimum + 1e-6)
        expect(planning.plan.bound).toBeGreaterThanOrEqual(optimum - 1e-6)
      },
    )
  })
}
