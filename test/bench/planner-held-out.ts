import { readPlanInput } from '#domain/planning/bad-input.ts'
import type { PlanInput } from '#domain/planning/input.ts'
import { plan } from '#domain/planning/plan.ts'
import { randomNight } from '../support/planner-nights.ts'
import { median, rounded } from './statistics.ts'

// Nights on which nothing was tuned: seeds from here on are used nowhere else.
const firstSeed = 70_001
const nightsEach = 14

const kinds = ['usual', 'tight', 'slewing'] as const
type Kind = (typeof kinds)[number]

const nightOf = (kind: Kind, i: number): PlanInput =>
  readPlanInput({
    ...randomNight({
      count: 100 + 100 * (i % 5),
      seed: firstSeed + i,
      tight: kind !== 'usual',
      night: ['2026-12-12', '2026-06-20', '2027-03-31'][i % 3] ?? '2026-12-12',
    }),
    ...(kind === 'slewing' ? {} : { setup: { kind: 'fixed', seconds: 60 } }),
    rules: { effort: 0 },
  })

/** Ratios to the plan's own bound, and time of one thread, on fresh nights: usual, quota-tight with short exposures, slewing. */
export const heldOut = (): Record<string, number> => {
  const figures: Record<string, number> = {}
  const rows: Record<string, Record<string, number>> = {}
  for (const kind of kinds) {
    const ratios: number[] = []
    const cpuMs: number[] = []
    for (let i = 0; i < nightsEach; i++) {
      const input = nightOf(kind, i)
      const began = process.threadCpuUsage()
      const { objective, bound } = plan(input).plan
      const { user, system } = process.threadCpuUsage(began)
      cpuMs.push((user + system) / 1000)
      ratios.push(objective / bound)
    }
    rows[kind] = {
      nights: nightsEach,
      meanRatio: Number((ratios.reduce((sum, x) => sum + x, 0) / ratios.length).toFixed(4)),
      worstRatio: Number(Math.min(...ratios).toFixed(4)),
      cpuMs: rounded(median(cpuMs)),
    }
    for (const [name, value] of Object.entries(rows[kind])) figures[`heldOut.${kind}.${name}`] = value
  }
  console.table(rows)
  return figures
}
