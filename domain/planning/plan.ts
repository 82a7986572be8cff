import { instantOf } from '../shared/time.ts'
import { type Prepared, prepare } from './compile.ts'
import type { PlanInput } from './input.ts'
import { type Alerts, type Block, fixedBlocks, frozenBlocks, placeAlerts } from './pinned.ts'
import { type Placed, placedOf } from './placed.ts'
import { type Pressure, pressureOf } from './pressure.ts'
import { type PlannerRules, plannerVersion } from './rules.ts'
import { qualityAt } from './search/quality.ts'
import type { Solution } from './search/solve.ts'
import type { Task } from './search/task.ts'
import { type Stage, stagesOf } from './stages.ts'

export type Plan = {
  readonly plannerVersion: string
  readonly rules: PlannerRules
  readonly site: string
  readonly night: string
  readonly from: string
  readonly until: string
  /** In order of time. */
  readonly placed: readonly Placed[]
  /** The sum of worth times quality. */
  readonly objective: number
  /** No plan on the same grid, with the same alerts, fixed blocks and plans of higher tiers, has a higher objective. */
  readonly bound: number
  readonly preempted: readonly { readonly id: string; readonly by: string; readonly at: string }[]
  readonly pressure: readonly Pressure[]
}

/** A plan with all that led to it: for explaining, and for re-planning in a moment. */
export type Planning = {
  readonly plan: Plan
  readonly prepared: Prepared
  readonly solution: Solution
  readonly alerts: Alerts
  readonly blocks: readonly Block[]
  /** By tier, the highest first; `solution` and `blocks` are those of the last. */
  readonly stages: readonly [...Stage[], Stage]
}

const worthAt = (task: Task, startS: number, prepared: Prepared): number =>
  task.worth * qualityAt(task, startS, prepared.night.sky.rotation)

const blocksOf = (prepared: Prepared): { blocks: Block[]; alerts: Alerts } => {
  const fixed = fixedBlocks(prepared)
  const alerts = placeAlerts(prepared, fixed)
  const aborted = new Set(alerts.preempted.map(({ id }) => id))
  const staying = [...fixed.filter(({ task }) => !aborted.has(task.id)), ...alerts.blocks]
  return { blocks: [...staying, ...frozenBlocks(prepared, staying)], alerts }
}

export const planOf = (prepared: Prepared, stages: Planning['stages'], alerts: Alerts): Plan => {
  const { solution, blocks } = stages[stages.length - 1] ?? stages[0]
  const { input, night } = prepared
  const placed = placedOf(prepared, solution, blocks)
  const pinnedWorth = blocks.reduce((sum, { task, startS }) => sum + worthAt(task, startS, prepared), 0)
  const at = (seconds: number) => instantOf(night.sky.originMs + seconds * 1000)
  return {
    plannerVersion,
    rules: input.rules,
    site: input.site.id,
    night: input.night,
    from: at(prepared.fromS),
    until: at(night.untilS),
    placed,
    objective: placed.reduce((sum, { value }) => sum + value, 0),
    bound: solution.bound + pinnedWorth,
    preempted: alerts.preempted.map(({ id, by, atS }) => ({ id, by, at: at(atS) })),
    pressure: pressureOf(stages, at),
  }
}

/** Plans a night that is worked out already. */
export const planPrepared = (prepared: Prepared): Planning => {
  const { blocks: standing, alerts } = blocksOf(prepared)
  const stages = stagesOf(prepared, standing)
  const { solution, blocks } = stages[stages.length - 1] ?? stages[0]
  return { plan: planOf(prepared, stages, alerts), prepared, solution, alerts, blocks, stages }
}

/** Plans a night: what to observe when, near the best there is. */
export const plan = (input: PlanInput): Planning => planPrepared(prepare(input))
