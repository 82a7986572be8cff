import { everywhere } from './forced.ts'
import { improve } from './improve.ts'
import { usageOf } from './ledger.ts'
import { type Route, routeOf } from './route.ts'
import type { Row } from './row.ts'
import type { Workspace } from './workspace.ts'

const withinQuotas = (rows: readonly Row[], { quotas }: Workspace): boolean =>
  usageOf(rows, quotas).every((used, group) => used <= (quotas[group]?.leftS ?? 0) + 1e-6)

/** The previous plan, as far as it can still be kept; the worthier first where it cannot all be. */
const kept = (space: Workspace): Route | null => {
  const { gridS } = space.problem
  const order = (rows: readonly Row[]) =>
    rows
      .map((row) => ({ row, at: row.pinned ? row.first * gridS : (row.task.previousS ?? 0) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ row }) => row)
  const before = space.pool.filter(({ task }) => task.previousS !== null)
  const all = order([...space.pinned, ...before])
  const whole = withinQuotas(all, space) ? routeOf(all, space.gaps) : null
  if (whole) return whole
  let route = routeOf(order(space.pinned), space.gaps)
  for (const row of before.toSorted((a, b) => b.task.worth - a.task.worth || a.task.rank - b.task.rank)) {
    const rows = order([...(route?.rows ?? []), row])
    if (withinQuotas(rows, space)) route = routeOf(rows, space.gaps) ?? route
  }
  return route
}

/** The previous plan kept, completed with what fits and with what is worth more than it pushes out. */
export const keptAndCompleted = (space: Workspace): Route | null => {
  const route = kept(space)
  return route && improve(route, space, space.pool, 10, everywhere)
}
