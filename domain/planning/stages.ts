import type { Compiled, Prepared } from './compile.ts'
import type { Block } from './pinned.ts'
import { withRepeats } from './repeats.ts'
import type { Problem } from './search/problem.ts'
import { type Solution, solve } from './search/solve.ts'
import type { Task } from './search/task.ts'
import { type Tier, tiers } from './tiers.ts'

/** One tier planned around everything above it. */
export type Stage = {
  readonly tier: Tier
  readonly solution: Solution
  readonly blocks: readonly Block[]
  /** What the search had to do with: may start at some time, within its quotas by itself. */
  readonly tasks: ReadonlySet<Task>
}

/** The quotas left to the rest once what stays is charged; alerts are charged, never refused. */
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

const problemOf = (prepared: Prepared, tier: Tier, blocks: readonly Block[]): Problem => {
  const { input, night, fromS } = prepared
  const quotas = quotasLeft(prepared, blocks)
  const taken = new Set(blocks.map(({ task }) => task.id))
  return {
    tasks: prepared.candidates
      .filter((one) => one.candidate.tier === tier && searchable(one, quotas, taken))
      .map(({ task }) => task),
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

/** What a stage planned, as blocks that the next must not move. */
const plannedBlocks = ({ route, slots, space }: Solution): Block[] =>
  route.rows.flatMap((row, p): Block[] => {
    const startS = (slots[p] ?? 0) * space.problem.gridS
    return row.pinned ? [] : [{ kind: 'planned', task: row.task, startS, endS: startS + row.durationS }]
  })

const stageOf = (prepared: Prepared, tier: Tier, blocks: readonly Block[]): Stage => {
  const problem = problemOf(prepared, tier, blocks)
  const tasks = new Set(problem.tasks)
  // What is frozen or an alert has its place already, and may be due again later in the night.
  const standing = new Set(blocks.filter(({ kind }) => kind !== 'planned').map(({ task }) => task))
  const among = prepared.candidates.filter(
    ({ task, candidate }) => candidate.tier === tier && (tasks.has(task) || standing.has(task)),
  )
  const solution = withRepeats(solve(problem, prepared.input.rules), blocks, among)
  return { tier, solution, blocks, tasks }
}

/** The tiers one after the other, the highest first; one stage at least. */
export const stagesOf = (prepared: Prepared, standing: readonly Block[]): readonly [...Stage[], Stage] => {
  const present = new Set(prepared.candidates.map(({ candidate }) => candidate.tier))
  const [first = 'normal', ...lower] = tiers.filter((tier) => present.has(tier))
  const stages: [...Stage[], Stage] = [stageOf(prepared, first, standing)]
  for (const tier of lower) {
    const { solution, blocks } = stages[stages.length - 1] ?? stages[0]
    stages.push(stageOf(prepared, tier, [...blocks, ...plannedBlocks(solution)]))
  }
  return stages
}
