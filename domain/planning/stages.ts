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

/** Whether an alert or a frozen exposure of a tier is due again in the same night. */
const repeatsAmong = ({ candidates }: Prepared, tier: Tier, blocks: readonly Block[]): boolean =>
  blocks.some(
    ({ task, kind }) =>
      kind !== 'planned' &&
      task.repeats &&
      candidates.some((one) => one.task === task && one.candidate.tier === tier),
  )

const solved = (prepared: Prepared, tier: Tier, problem: Problem, blocks: readonly Block[]): Stage => {
  const tasks = new Set(problem.tasks)
  // What is frozen or an alert has its place already, and may be due again later in the night.
  const standing = new Set(blocks.filter(({ kind }) => kind !== 'planned').map(({ task }) => task))
  const among = prepared.candidates.filter(
    ({ task, candidate }) => candidate.tier === tier && (tasks.has(task) || standing.has(task)),
  )
  const solution = withRepeats(solve(problem, prepared.input.rules), blocks, among)
  return { tier, solution, blocks, tasks }
}

/** The tiers in which anything can be planned, the highest first; one stage at least. */
export const stagesOf = (prepared: Prepared, standing: readonly Block[]): readonly [...Stage[], Stage] => {
  const present = new Set(prepared.candidates.map(({ candidate }) => candidate.tier))
  const stages: Stage[] = []
  let blocks = standing
  for (const tier of tiers.filter((one) => present.has(one))) {
    const problem = problemOf(prepared, tier, blocks)
    if (problem.tasks.length === 0 && !repeatsAmong(prepared, tier, blocks)) continue
    const stage = solved(prepared, tier, problem, blocks)
    stages.push(stage)
    blocks = [...blocks, ...plannedBlocks(stage.solution)]
  }
  const last = stages.pop() ?? solved(prepared, 'normal', problemOf(prepared, 'normal', blocks), blocks)
  return [...stages, last]
}
