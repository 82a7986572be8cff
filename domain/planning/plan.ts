import { instantOf } from '../shared/time.ts'
import { type Compiled, type Prepared, prepare } from './compile.ts'
import type { PlanInput } from './input.ts'
import { type Alerts, type Block, fixedBlocks, frozenBlocks, placeAlerts } from './pinned.ts'
import { type Placed, placedOf } from './placed.ts'
import { type PlannerRules, plannerVersion } from './rules.ts'
import type { Problem } from './search/problem.ts'
import { qualityAt } from './search/quality.ts'
import { type Solution, solve } from './search/solve.ts'
import type { Task } from './search/task.ts'

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
  /** No plan on the same grid, with the same alerts and fixed blocks, has a higher objective. */
  readonly bound: number
  readonly preempted: readonly { readonly id: string; readonly by: string; readonly at: string }[]
}

/** A plan with all that led to it: for explaining, and for re-planning in a moment. */
export type Planning = {
  readonly plan: Plan
  readonly prepared: Prepared
  readonly solution: Solution
  readonly alerts: Alerts
  readonly blocks: readonly Block[]
  /** What the search had to do with: may start at some time, within its quotas by itself. */
  readonly tasks: ReadonlySet<Task>
}

/** The quotas left to the rest once alerts and frozen blocks are charged; alerts are charged, never refused. */
const quotasLeft = ({ groups }: Prepared, blocks: readonly Block[]) =>
  groups.map(({ leftS }, group) => {
    const charged = blocks.reduce(
      (sum, { task }) => sum + (task.groups.includes(group) ? task.chargeS : 0),
      0,
    )
    return { leftS: Math.max(0, leftS - charged) }
  })

const searchable = (
  { task, candidate }: Compiled,
  quotas: Problem['quotas'],
  taken: ReadonlySet<string>,
): boolean =>
  task.starts.length > 0 &&
  !candidate.alert &&
  !taken.has(task.id) &&
  task.groups.every((group) => task.chargeS <= (quotas[group]?.leftS ?? 0))

export const problemOf = (prepared: Prepared, blocks: readonly Block[]): Problem => {
  const { input, night, fromS } = prepared
  const quotas = quotasLeft(prepared, blocks)
  const taken = new Set(blocks.map(({ task }) => task.id))
  return {
    tasks: prepared.candidates.filter((one) => searchable(one, quotas, taken)).map(({ task }) => task),
    pinned: blocks.filter(({ endS, startS }) => endS > fromS && startS < night.untilS),
    quotas,
    rotation: night.sky.rotation,
    setup: input.setup,
    fromS,
    untilS: night.untilS,
    gridS: input.rules.gridS,
    inertia: input.rules.inertia,
    inertiaS: input.rules.inertiaS,
  }
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

export const planOf = (
  prepared: Prepared,
  solution: Solution,
  blocks: readonly Block[],
  alerts: Alerts,
): Plan => {
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
  }
}

/** Plans a night that is worked out already. */
export const planPrepared = (prepared: Prepared): Planning => {
  const { blocks, alerts } = blocksOf(prepared)
  const problem = problemOf(prepared, blocks)
  const solution = solve(problem, prepared.input.rules)
  return {
    plan: planOf(prepared, solution, blocks, alerts),
    prepared,
    solution,
    alerts,
    blocks,
    tasks: new Set(problem.tasks),
  }
}

/** Plans a night: what to observe when, near the best there is. */
export const plan = (input: PlanInput): Planning => planPrepared(prepare(input))
