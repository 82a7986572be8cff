import { type Place, withPlaced } from './forced.ts'
import type { Gaps } from './gaps.ts'
import { excess, usageOf } from './ledger.ts'
import type { Quota } from './problem.ts'
import { type Route, valueFrom } from './route.ts'
import type { Row } from './row.ts'

/** What the plan is worth without the task at each position. */
export const worthWithout = (route: Route, gaps: Gaps): Float64Array => {
  const { rows, before, after, earliest } = route
  return Float64Array.from(rows, (_, x) => {
    const table = before[x - 1]
    const previous = rows[x - 1]
    const next = rows[x + 1]
    if (!table || !previous) return after[x + 1]?.[0] ?? 0
    if (!next) return table.at(-1) ?? 0
    const first = earliest[x - 1] ?? 0
    const rest = after[x + 1] ?? new Float64Array(0)
    let best = Number.NEGATIVE_INFINITY
    for (let i = 0; i < table.length; i++) {
      const slot = first + i + gaps.between(previous, next, first + i)
      best = Math.max(best, (table[i] ?? 0) + valueFrom(rest, earliest[x + 1] ?? 0, slot))
    }
    return best
  })
}

/**
 * Makes room in the exhausted quotas: puts the task in its place and takes out, elsewhere, the tasks of those quotas
 * that are missed the least. Null when that cannot be enough, or when they are missed more than the task would bring.
 */
export const exchanged = (
  route: Route,
  row: Row,
  place: Place,
  without: Float64Array,
  quotas: readonly Quota[],
): Row[] | null => {
  const used = usageOf(route.rows, quotas)
  const out = new Set<Row>(route.rows.slice(place.after + 1, place.until))
  let total = place.total
  const exceeded = (group: number): boolean => {
    let freed = 0
    for (const { task } of out) if (task.groups.includes(group)) freed += task.chargeS
    return excess(group, row.task.chargeS - freed, used, quotas, [], 0, 0) > 0
  }
  for (const group of row.task.groups)
    while (exceeded(group)) {
      let least: Row | null = null
      let kept = Number.NEGATIVE_INFINITY
      route.rows.forEach((other, x) => {
        if (other.pinned || out.has(other) || !other.task.groups.includes(group)) return
        if ((without[x] ?? 0) <= kept) return
        kept = without[x] ?? 0
        least = other
      })
      if (!least) return null
      out.add(least)
      total -= route.total - kept
      if (total <= route.total) return null
    }
  return withPlaced(route, row, place).filter((kept) => kept === row || !out.has(kept))
}
