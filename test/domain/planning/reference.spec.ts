import { describe, expect, it } from 'vitest'
import { prepare } from '#domain/planning/compile.ts'
import { plan } from '#domain/planning/plan.ts'
import { inputOf, instance, proven, referenceRules } from '../../support/planner-fixtures.ts'

const rules = { ...referenceRules, effort: 0 }

describe('nights with proven bounds', () => {
  for (const [name, bounds] of Object.entries(proven)) {
    const of = instance(name)
    it.skipIf(!of)(`${name}: the first plan reaches its share of the bound`, () => {
      if (!of) return
      const least = name.startsWith('n20_') ? 0.9999 : 0.98
      for (const [quotas, bound] of bounds.entries()) {
        const { objective } = plan(inputOf(of, quotas === 1, { rules })).plan
        expect((10 * objective) / bound).toBeGreaterThan(least)
        expect((10 * objective) / bound).toBeLessThan(1.0005)
      }
    })

    it.skipIf(!of)(`${name}: targets can be seen when the instance says so`, () => {
      if (!of) return
      const { candidates } = prepare(inputOf(of, false))
      of.seqs.forEach(({ win = [], dur }, i) => {
        const fitting = win.filter(([from, until]) => until - from >= dur)
        const starts = candidates[i]?.task.starts ?? []
        expect(starts).toHaveLength(fitting.length)
        fitting.forEach(([from, until], k) => {
          expect(Math.abs((starts[k]?.[0] ?? 0) - from)).toBeLessThan(60)
          expect(Math.abs((starts[k]?.[1] ?? 0) - (until - dur))).toBeLessThan(60)
        })
      })
    })
  }
})
