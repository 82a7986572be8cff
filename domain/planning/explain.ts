import type { Compiled } from './compile.ts'
import { type Interval, intersect, longest } from './interval.ts'
import type { Planning } from './plan.ts'
import { instantAt } from './reasons/context.ts'
import { neverReason } from './reasons/never.ts'
import { displaced, noFreeInterval } from './reasons/no-free-interval.ts'
import { quotaExceeded } from './reasons/quota.ts'
import type { Reason } from './reasons/reason.ts'
import { rounded } from './reasons/say.ts'
import { searchLimit } from './reasons/search-limit.ts'
import { everywhere, type Place, placesFor } from './search/forced.ts'
import { usageOf } from './search/ledger.ts'
import type { Row } from './search/row.ts'
import { sparseRows } from './search/sparse-row.ts'
import type { Task } from './search/task.ts'
import type { Stage } from './stages.ts'

export type Unplaced = {
  readonly id: string
  readonly priority: number
  readonly worth: number
  readonly reason: Reason
}

/** What all explanations of one plan share. */
type Ground = {
  readonly planning: Planning
  /** That of its tier: against lower ones nothing was lost. */
  readonly stage: Stage
  readonly free: readonly Interval[]
  readonly used: Float64Array
  readonly rowFor: (task: Task) => { readonly row: Row; readonly step: number }
}

const freeTime = ({ solution, blocks, prepared }: Planning): Interval[] => {
  const { route, slots, space } = solution
  const busy = [
    ...route.rows.flatMap((row, p): Interval[] => {
      const startS = (slots[p] ?? 0) * space.problem.gridS
      return row.pinned ? [] : [[startS, startS + row.durationS]]
    }),
    ...blocks.map(({ startS, endS }): Interval => [startS, endS]),
  ].toSorted((a, b) => a[0] - b[0])
  const free: Interval[] = []
  let from = prepared.fromS
  for (const [startS, endS] of busy) {
    if (startS > from) free.push([from, startS])
    from = Math.max(from, endS)
  }
  return from < prepared.night.untilS ? [...free, [from, prepared.night.untilS]] : free
}

/** The first of its quotas that has too little left, with what the plan charges to it. */
const lackingQuota = (
  task: Task,
  { planning: { prepared }, stage: { solution }, used }: Ground,
  alone: boolean,
) => {
  const quotas = solution.space.problem.quotas
  const group = task.groups.find(
    (g) => task.chargeS + (alone ? 0 : (used[g] ?? 0)) > (quotas[g]?.leftS ?? Number.POSITIVE_INFINITY),
  )
  const found = group === undefined ? undefined : prepared.groups[group]
  if (group === undefined || !found) return null
  return { group: found, plannedS: (used[group] ?? 0) + found.leftS - (quotas[group]?.leftS ?? 0) }
}

const within = (task: Task): Interval[] => task.starts.map(([from, until]) => [from, until + task.durationS])

/** What would happen were it put where it does the least harm. */
const crowded = (
  { task }: Compiled,
  place: Place | null,
  { planning: { prepared }, stage: { solution, blocks }, free }: Ground,
): Reason => {
  const { route, space } = solution
  const figures = {
    neededS: task.durationS,
    longestFreeS: rounded(longest(intersect(within(task), free))),
    startAt: place ? instantAt(prepared, place.slot * space.problem.gridS) : null,
    displaces: place ? route.rows.slice(place.after + 1, place.until).map((row) => row.task.id) : [],
    outrankedBy: blocks
      .filter(({ startS, endS }) => intersect(within(task), [[startS, endS]]).length > 0)
      .map((block) => block.task.id),
    scoreDifference: place ? rounded(place.total - route.total, 4) : null,
  }
  return task.previousS === null
    ? noFreeInterval(figures)
    : displaced({ ...figures, wasAt: instantAt(prepared, task.previousS) })
}

const contested = (one: Compiled, ground: Ground): Reason => {
  const { prepared } = ground.planning
  const { solution } = ground.stage
  const { route, space } = solution
  const { row, step } = ground.rowFor(one.task)
  const { kept, free } = placesFor(
    row,
    route,
    space.gaps,
    ground.used,
    space.problem.quotas,
    space.problem.gridS,
    {
      ...everywhere,
      step,
    },
  )
  // Ties and inertia are no gain worth telling of.
  const least = route.total + Math.max(1e-4 * one.task.worth, 1e-9)
  const lacking = lackingQuota(one.task, ground, false)
  const gains = free !== null && free.total > least
  if (kept && kept.total > least)
    return searchLimit({
      scoreGain: rounded(kept.total - route.total, 4),
      startAt: instantAt(prepared, kept.slot * space.problem.gridS),
    })
  if (lacking && (gains || !kept))
    return quotaExceeded(lacking.group, lacking.plannedS, one.task.chargeS, gains)
  return crowded(one, kept ?? free, ground)
}

const reasonFor = (one: Compiled, ground: Ground): Reason => {
  const { planning, stage } = ground
  if (one.task.starts.length === 0) return neverReason(one, planning.prepared)
  if (stage.tasks.has(one.task)) return contested(one, ground)
  const lacking = one.candidate.alert
    ? null
    : (lackingQuota(one.task, ground, true) ?? lackingQuota(one.task, ground, false))
  return lacking
    ? quotaExceeded(lacking.group, lacking.plannedS, one.task.chargeS, false)
    : crowded(one, null, ground)
}

const groundOf = (planning: Planning, stage: Stage): Ground => {
  const { route, space } = stage.solution
  return {
    planning,
    stage,
    free: freeTime(planning),
    used: usageOf(route.rows, space.problem.quotas),
    rowFor: sparseRows(space.problem, space.angles),
  }
}

const unplacedOf = (one: Compiled, ground: Ground): Unplaced => ({
  id: one.candidate.id,
  priority: one.candidate.priority,
  worth: rounded(one.task.worth, 6),
  reason: reasonFor(one, ground),
})

/** The ground for each candidate: that of the stage of its tier, worked out once. */
const grounds = (planning: Planning): ((one: Compiled) => Ground) => {
  const known = new Map<Stage, Ground>()
  const last = planning.stages[planning.stages.length - 1] ?? planning.stages[0]
  const byTier = new Map(planning.stages.map((stage) => [stage.tier, stage]))
  return ({ candidate }) => {
    const stage = byTier.get(candidate.tier) ?? last
    const ground = known.get(stage) ?? groundOf(planning, stage)
    known.set(stage, ground)
    return ground
  }
}

/** Every candidate that is not in the plan, with its reason; in the order of their ids. */
export const explain = (planning: Planning): Unplaced[] => {
  const groundFor = grounds(planning)
  const placed = new Set(planning.plan.placed.map(({ id }) => id))
  return planning.prepared.candidates
    .filter(({ candidate }) => !placed.has(candidate.id))
    .map((one) => unplacedOf(one, groundFor(one)))
}

/** Why one candidate is not in the plan; null when it is, undefined when nobody asked for it. */
export const whyNot = (planning: Planning, id: string): Unplaced | null | undefined => {
  const one = planning.prepared.candidates.find(({ candidate }) => candidate.id === id)
  if (!one) return undefined
  if (planning.plan.placed.some((placed) => placed.id === id)) return null
  return unplacedOf(one, grounds(planning)(one))
}
