import { type Angles, anglesOver } from './angles.ts'
import { type Gaps, gapsOf } from './gaps.ts'
import { usageOf } from './ledger.ts'
import type { Market } from './market.ts'
import type { Problem, Quota } from './problem.ts'
import { pinnedRow, type Row, rowOf } from './row.ts'
import type { Task } from './task.ts'

/** What the search works on: the promising candidates with their values per slot, the pinned blocks, the gaps. */
export type Workspace = {
  readonly problem: Problem
  readonly angles: Angles
  readonly gaps: Gaps
  readonly quotas: readonly Quota[]
  /** The most promising first. */
  readonly pool: readonly Row[]
  /** What each of the pool gains at the prices; the hopeless lose. */
  readonly profits: ReadonlyMap<Row, number>
  readonly market: Market
  readonly pinned: readonly Row[]
  /** The quotas that the pool as a whole exceeds. */
  readonly scarce: ReadonlySet<number>
}

// Per hour of the night: several times as many as fit.
const perHour = 20
const atLeast = 60

/** The candidates worth a closer look at the prices; those of the previous plan always are. */
const shortlist = ({ offers }: Market, untilS: number): { task: Task; profit: number }[] => {
  const size = Math.max(atLeast, Math.ceil((untilS / 3600) * perHour))
  const ranked = offers
    .map(({ sample: { task }, profit }) => ({ task, profit }))
    .toSorted((a, b) => b.profit - a.profit || a.task.rank - b.task.rank)
  const kept = ranked.slice(size).filter(({ task }) => task.previousS !== null)
  return [...ranked.slice(0, size), ...kept]
}

/** The quotas that a pool exceeds as a whole. */
export const scarceOf = (pool: readonly Row[], quotas: readonly Quota[]): Set<number> =>
  new Set(
    [...usageOf(pool, quotas).entries()]
      .filter(([g, used]) => used > (quotas[g]?.leftS ?? 0))
      .map(([g]) => g),
  )

export const workspaceOf = (problem: Problem, market: Market): Workspace => {
  const angles = anglesOver(problem.rotation, problem.untilS, problem.gridS)
  const profits = new Map<Row, number>()
  for (const { task, profit } of shortlist(market, problem.untilS)) {
    const row = rowOf(task, problem, angles, 1, new Float64Array(angles.count), profits.size)
    if (row.first <= row.last) profits.set(row, profit)
  }
  const pinned = problem.pinned
    .map(({ task, startS, endS }, i) => pinnedRow(task, startS, endS, angles, profits.size + i))
    .toSorted((a, b) => a.first - b.first)
  return {
    problem,
    angles,
    gaps: gapsOf(problem, profits.size + pinned.length),
    quotas: problem.quotas,
    pool: [...profits.keys()],
    profits,
    market,
    pinned,
    scarce: scarceOf([...profits.keys()], problem.quotas),
  }
}

/**
 * The workspace without the tasks that no plan better than a given total can hold: at the prices, taking one in costs
 * more than the bound leaves.
 */
export const withoutHopeless = (space: Workspace, total: number): Workspace => {
  const room = Math.max(0, space.market.bound - total)
  const pool = space.pool.filter(
    (row) => (space.profits.get(row) ?? 0) >= -room || row.task.previousS !== null,
  )
  return { ...space, pool }
}
