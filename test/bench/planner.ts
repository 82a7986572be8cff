import { readPlanInput } from '#domain/planning/bad-input.ts'
import { explain } from '#domain/planning/explain.ts'
import { type Candidate, candidateSchema, type PlanInput } from '#domain/planning/input.ts'
import { type Plan, type Planning, plan } from '#domain/planning/plan.ts'
import { replanForAlert } from '#domain/planning/replan.ts'
import { alertsOf, inputOf, instance, proven, referenceRules } from '../support/planner-fixtures.ts'
import { randomNight } from '../support/planner-nights.ts'
import type { Bench } from './bench.ts'
import { heldOut } from './planner-held-out.ts'
import { median, percentile, rounded } from './statistics.ts'

const sizes = [20, 100, 500, 2000, 10_000] as const

type Night = {
  readonly input: PlanInput
  /** Proven elsewhere; null where the plan's own dual bound has to do. */
  readonly bound: number | null
  readonly alerts: readonly { readonly atS: number; readonly candidate: Candidate }[]
}

const ownNight = (count: number): Night => {
  const input = readPlanInput({
    ...randomNight({ count, seed: count }),
    setup: { kind: 'fixed', seconds: 60 },
    rules: referenceRules,
  })
  const alerts = [1, 2, 3].map((n) => ({
    atS: n * 10_000,
    candidate: candidateSchema.parse({
      id: `alert${n}`,
      priority: 1,
      durationS: 900,
      target: { ra: (60 * n) % 360, dec: 30 },
    }),
  }))
  return { input, bound: null, alerts }
}

/** The nights with proven bounds where they are there, nights of our own otherwise; without quotas and with them. */
const nightsOf = (count: number): Night[] => {
  const of = instance(`n${count}_s1`)
  if (!of) return [ownNight(count)]
  return [false, true].map((quotas) => ({
    input: inputOf(of, quotas),
    // The instances count the duration in minutes, we in tens of minutes.
    bound: (proven[`n${count}_s1`]?.[quotas ? 1 : 0] ?? Number.NaN) / 10,
    alerts: alertsOf(of).map(({ atS, candidate }) => ({ atS, candidate: candidateSchema.parse(candidate) })),
  }))
}

const timed = <T>(work: () => T): { ms: number; result: T } => {
  const began = performance.now()
  const result = work()
  return { ms: performance.now() - began, result }
}

const withEffort = (input: PlanInput, effort: number): PlanInput => ({
  ...input,
  rules: { ...input.rules, effort },
})

/** The worth of what is still to come at an instant, alerts included. */
const aheadAt = ({ placed }: Plan, at: string): number =>
  placed.filter(({ startsAt }) => startsAt >= at).reduce((sum, { value }) => sum + value, 0)

/** The same alert with everything planned anew. */
const fullReplan = (before: Planning, replanned: Planning, alert: Candidate, at: string): Planning => {
  const { input } = before.prepared
  const aborted = new Set(replanned.plan.preempted.map(({ id }) => id))
  const begun = new Set(
    before.plan.placed.filter(({ startsAt, id }) => startsAt < at && !aborted.has(id)).map(({ id }) => id),
  )
  const spent = (level: 'user' | 'country' | 'programme', id: string) =>
    input.candidates.reduce(
      (sum, one) => sum + (begun.has(one.id) && one[level] === id ? one.durationS : 0),
      0,
    )
  const left = input.candidates.filter(({ id }) => !begun.has(id))
  return plan({
    ...input,
    from: at,
    candidates: [...left, { ...alert, alert: true }],
    quotas: input.quotas.map((quota) => ({
      ...quota,
      leftS: Math.max(0, quota.leftS - spent(quota.level, quota.id)),
    })),
  })
}

const replans = ({ input, alerts }: Night, repeats: number): { ms: number[]; ratios: number[] } => {
  const before = plan(input)
  const ms: number[] = []
  const ratios: number[] = []
  for (const { atS, candidate } of alerts) {
    const at = new Date(before.prepared.night.sky.originMs + atS * 1000).toISOString()
    let last: Planning | null = null
    for (let i = 0; i < repeats; i++) {
      const { ms: took, result } = timed(() => replanForAlert(before, candidate, atS))
      ms.push(took)
      last = result
    }
    if (last) ratios.push(aheadAt(last.plan, at) / aheadAt(fullReplan(before, last, candidate, at).plan, at))
  }
  return { ms, ratios }
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length

/** Plans of whole nights, everything from coordinates to reasons, in one thread. */
export const planner: Bench = {
  name: 'planner',
  about: 'plans of 20 to 10,000 candidates against bounds, an alert into a running plan, reasons for all',
  run: async ({ quick }) => {
    const repeats = quick ? 3 : 11
    const figures: Record<string, number> = {}
    const rows: Record<string, Record<string, number>> = {}
    // The first plan of a process, before anything is compiled.
    const [first] = nightsOf(500)
    if (first) figures['coldMs'] = rounded(timed(() => plan(withEffort(first.input, 0))).ms)
    const replanMs: number[] = []
    const replanRatios: number[] = []
    for (const count of sizes) {
      const nights = nightsOf(count)
      const ms: number[] = []
      const cpuMs: number[] = []
      const improvedMs: number[] = []
      const explainMs: number[] = []
      const ratios: number[] = []
      const improved: number[] = []
      for (const night of nights) {
        const ratio = (made: Plan) => made.objective / (night.bound ?? made.bound)
        // The first rounds are not counted: they are the compiler's.
        for (let i = -2; i < repeats; i++) {
          const began = process.threadCpuUsage()
          const first = timed(() => plan(withEffort(night.input, 0)))
          const spent = process.threadCpuUsage(began)
          const why = timed(() => explain(first.result))
          if (i < 0) continue
          ms.push(first.ms)
          cpuMs.push((spent.user + spent.system) / 1000)
          explainMs.push(why.ms)
          if (i === 0) ratios.push(ratio(first.result.plan))
        }
        const longer = timed(() => plan(withEffort(night.input, 100)))
        improvedMs.push(longer.ms)
        improved.push(ratio(longer.result.plan))
        const again = replans({ ...night, input: withEffort(night.input, 40) }, repeats)
        replanMs.push(...again.ms.slice(2))
        replanRatios.push(...again.ratios)
      }
      const row = {
        ms: rounded(median(ms)),
        cpuMs: rounded(median(cpuMs)),
        ratioToBound: Number(mean(ratios).toFixed(4)),
        worstRatio: Number(Math.min(...ratios).toFixed(4)),
        improvedMs: rounded(mean(improvedMs)),
        improvedRatio: Number(mean(improved).toFixed(4)),
        explainMs: rounded(median(explainMs)),
      }
      rows[`${count}`] = row
      for (const [name, value] of Object.entries(row)) figures[`n.${count}.${name}`] = value
    }
    console.table(rows)
    Object.assign(figures, heldOut())
    figures['replanMs'] = rounded(percentile(replanMs, 0.99))
    figures['replanMedianMs'] = rounded(median(replanMs))
    figures['replanRatio'] = Number(median(replanRatios).toFixed(4))
    figures['explainMs'] = figures['n.500.explainMs'] ?? Number.NaN
    return figures
  },
}
