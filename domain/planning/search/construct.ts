import { fill, type Offer, type Stretch } from './fill.ts'
import { usageOf } from './ledger.ts'
import { quotaCost } from './prices.ts'
import { type Route, routeOf } from './route.ts'
import type { Row } from './row.ts'
import type { Workspace } from './workspace.ts'

/** The pool as offers: the larger the patience, the more a good task is saved for its best time. */
export const offersOf = (
  { profits, market, scarce }: Workspace,
  pool: readonly Row[],
  patience: number,
  noise: () => number = () => 0,
): Offer[] =>
  pool.map((row) => ({
    row,
    groups: row.task.groups.filter((group) => scarce.has(group)),
    discount:
      patience * Math.max(0, profits.get(row) ?? 0) +
      quotaCost(market.prices, row.task) +
      noise() * row.task.worth,
  }))

/** The stretches between pinned blocks. */
const stretchesOf = ({ pinned, gaps, angles }: Workspace): Stretch[] => {
  const marks = [null, ...pinned.map((row) => ({ row, slot: row.first })), null]
  return marks.slice(1).map((after, i) => {
    const before = marks[i] ?? null
    return {
      before,
      fromSlot: before ? before.slot + gaps.after(before.row) : gaps.head,
      after,
      untilSlot: after ? after.slot : angles.count - 1,
    }
  })
}

/** A whole plan from nothing, stretch by stretch. */
export const construct = (space: Workspace, patience: number, width?: number): Route | null => {
  const rows: Row[] = []
  for (const stretch of stretchesOf(space)) {
    const taken = new Set(rows)
    const left = space.pool.filter((row) => !taken.has(row))
    const used = usageOf(rows, space.quotas)
    rows.push(...fill(offersOf(space, left, patience), stretch, space.gaps, used, space.quotas, width))
    if (stretch.after) rows.push(stretch.after.row)
  }
  return routeOf(rows, space.gaps)
}
