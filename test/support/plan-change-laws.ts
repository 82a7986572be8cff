import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { readPlanInput } from '#domain/planning/bad-input.ts'
import type { PlanInput } from '#domain/planning/input.ts'
import { plan } from '#domain/planning/plan.ts'
import { type Tier, tiers } from '#domain/planning/tiers.ts'
import { nights } from './plan-laws.ts'
import { randomNight } from './planner-nights.ts'

const ms = (instant: string): number => Date.parse(instant)

type Placed = ReturnType<typeof plan>['plan']['placed']

/** Repeats hang on what they follow: of two chains worth the same either may be found again. */
const withoutRepeats = (input: PlanInput): PlanInput => ({
  ...input,
  candidates: input.candidates.map((one) => ({ ...one, cadence: null })),
})

/** Where things were, as the next plan is told: of a cadence the first of the night counts. */
const previousOf = (placed: Placed) =>
  placed.flatMap(({ id, startsAt }, n) =>
    placed.findIndex((one) => one.id === id) === n ? [{ id, startsAt }] : [],
  )

const inTier = (placed: Placed, tier: Tier, { candidates }: PlanInput): Placed => {
  const ids = new Set(candidates.flatMap((one) => (one.tier === tier ? [one.id] : [])))
  return placed.filter(({ id }) => ids.has(id))
}

const times = (placed: Placed): string => placed.map(({ id, startsAt }) => `${startsAt} ${id}`).join('\n')

/** The laws between the plans of two inputs, over a number of nights each. */
export const changeLaws = (nightsEach: number): void => {
  const runs = { numRuns: nightsEach }
  describe('laws of change', () => {
    test.prop([nights, fc.nat()], runs)('the order of the input has no effect', (input, turn) => {
      const cut = turn % (input.candidates.length + 1)
      const turned = [...input.candidates.slice(cut), ...input.candidates.slice(0, cut)].reverse()
      const shuffled = { ...input, candidates: turned, quotas: input.quotas.toReversed() }
      expect(JSON.stringify(plan(shuffled).plan)).toBe(JSON.stringify(plan(input).plan))
    })

    test.prop([nights], runs)(
      'planning again what is planned changes nothing but for the better',
      (given) => {
        const input = withoutRepeats(given)
        const first = plan(input).plan.placed
        const again = plan({ ...input, previous: previousOf(first) }).plan.placed
        // What lies below a tier that changed is planned around other things.
        const changed = tiers.find(
          (tier) => times(inTier(again, tier, input)) !== times(inTier(first, tier, input)),
        )
        if (changed === undefined) return
        const worth = (placed: Placed) =>
          inTier(placed, changed, input).reduce((sum, { value }) => sum + value, 0)
        expect(worth(again)).toBeGreaterThan(worth(first) * (1 + input.rules.changeGain))
      },
    )

    test.prop([nights], runs)('what can never be seen has no effect on the rest', (input) => {
      const southern = readPlanInput({
        ...randomNight({ count: 0, seed: 0 }),
        candidates: [{ id: 'a-never', priority: 1, durationS: 600, target: { ra: 100, dec: -89 } }],
      }).candidates
      const more = plan({ ...input, candidates: [...southern, ...input.candidates] }).plan.placed
      expect(more).toEqual(plan(input).plan.placed)
    })

    test.prop([nights], runs)('a higher tier is planned as if the lower ones were not there', (input) => {
      const all = plan(input).plan.placed
      const top = input.candidates.filter(({ tier }) => tier === 'time-critical')
      const ids = new Set(top.map(({ id }) => id))
      const alone = plan({ ...input, candidates: top }).plan.placed
      const times = (entries: typeof all) => entries.map(({ id, startsAt }) => `${startsAt} ${id}`)
      expect(times(all.filter(({ id }) => ids.has(id)))).toEqual(times(alone))
    })

    test.prop([nights, fc.nat()], runs)(
      'a new plan is worth at least what of the old one can still be done',
      (given, pick) => {
        const input = withoutRepeats(given)
        const first = plan(input).plan
        const closed = first.placed[pick % Math.max(1, first.placed.length)]
        if (!closed) return
        const closure = { from: closed.startsAt, until: closed.endsAt, why: 'rain' }
        const previous = previousOf(first.placed)
        const again = plan({ ...input, previous, closures: [...input.closures, closure] }).plan
        // Only the highest of several tiers is judged by itself.
        const tiers = new Map(input.candidates.map(({ id, tier }) => [id, tier]))
        const highest = [...tiers.values()].includes('time-critical') ? 'time-critical' : 'normal'
        const worth = (entries: typeof first.placed) =>
          entries.filter(({ id }) => tiers.get(id) === highest).reduce((sum, { value }) => sum + value, 0)
        const left = first.placed.filter(({ id }) => id !== closed.id)
        expect(worth(again.placed)).toBeGreaterThanOrEqual(worth(left) * (1 - 1e-4))
      },
    )

    test.prop([nights], runs)('what the old plan begins in a moment stays', (input) => {
      const first = plan(input).plan
      const next = first.placed[0]
      if (!next) return
      const previous = previousOf(first.placed)
      const from = new Date(ms(next.startsAt) - 30_000).toISOString()
      const again = plan({ ...input, previous, from }).plan.placed[0]
      expect(again).toMatchObject({ id: next.id, startsAt: next.startsAt, kind: 'frozen' })
    })

    test.prop([nights, fc.nat()], runs)(
      'no plan of fewer candidates is worth more than the bound of all',
      (input, turn) => {
        const highest = input.candidates.map((one) => ({ ...one, tier: 'normal' as const }))
        const fewer = highest.filter((_, i) => i % 3 !== turn % 3)
        const bound = plan({ ...input, candidates: highest }).plan.bound
        expect(plan({ ...input, candidates: fewer }).plan.objective).toBeLessThanOrEqual(bound * (1 + 1e-9))
      },
    )

    test.prop([nights], runs)('a plan with set-ups is worth no more than the bound without', (input) => {
      const oneTier = input.candidates.map((one) => ({ ...one, tier: 'normal' as const }))
      const free = { ...input, candidates: oneTier, setup: { kind: 'fixed', seconds: 0 } as const }
      const { objective } = plan({ ...free, setup: { kind: 'fixed', seconds: 60 } }).plan
      expect(objective).toBeLessThanOrEqual(plan(free).plan.bound * (1 + 1e-9))
    })

    test.prop([nights], runs)('twice the weight for everything changes nothing', (input) => {
      const shifted = (by: number) => ({
        ...input,
        candidates: input.candidates.map((one) => ({ ...one, priority: 11 + (one.priority % 90) - by })),
      })
      const times = (of: PlanInput) => plan(of).plan.placed.map(({ id, startsAt }) => `${startsAt} ${id}`)
      expect(times(shifted(10))).toEqual(times(shifted(0)))
    })

    test.prop([nights, fc.integer({ min: -400, max: 400 })], runs)(
      'what needs no sky is planned the same at another time',
      (input, hours) => {
        const at = (instant: string, by: number) => new Date(ms(instant) + by * 3_600_000).toISOString()
        const moved = (by: number): PlanInput => ({
          ...input,
          bounds: { from: at('2026-12-13T02:00:00Z', by), until: at('2026-12-13T08:00:00Z', by) },
          from: undefined,
          closures: [],
          candidates: input.candidates.map((one, i) => ({
            ...one,
            target: null,
            previousStarts: [],
            windows: [{ from: at('2026-12-13T02:00:00Z', by + (i % 5)) }],
          })),
        })
        const shape = (by: number) =>
          plan(moved(by)).plan.placed.map(({ id, startsAt }) => `${at(startsAt, -by)} ${id}`)
        expect(shape(hours)).toEqual(shape(0))
      },
    )
  })
}
