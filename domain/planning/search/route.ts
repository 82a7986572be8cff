import type { Gaps } from './gaps.ts'
import type { Row } from './row.ts'

/**
 * An order of tasks, and what it is worth however they slide within their windows. `before[p][k - earliest[p]]` is the
 * best worth of the tasks up to p when p starts by slot k; `after[p][…]` that of those from p on when p starts at k or
 * later.
 */
export type Route = {
  readonly rows: readonly Row[]
  readonly earliest: Int32Array
  readonly latest: Int32Array
  readonly before: readonly Float64Array[]
  readonly after: readonly Float64Array[]
  readonly total: number
}

const nothing = Number.NEGATIVE_INFINITY

const nextPossible = (row: Row, slot: number): number => {
  let k = Math.max(slot, row.first)
  while (k <= row.last && row.values[k] === nothing) k++
  return k
}

const lastPossible = (row: Row, slot: number): number => {
  let k = Math.min(slot, row.last)
  while (k >= row.first && row.values[k] === nothing) k--
  return k
}

const bounds = (rows: readonly Row[], gaps: Gaps): Pick<Route, 'earliest' | 'latest'> | null => {
  const earliest = new Int32Array(rows.length)
  const latest = new Int32Array(rows.length)
  let free = gaps.head
  for (let p = 0; p < rows.length; p++) {
    const row = rows[p]
    const previous = rows[p - 1]
    if (!row) return null
    const at = earliest[p - 1] ?? 0
    if (previous) free = at + gaps.between(previous, row, at)
    const slot = row.pinned ? row.first : nextPossible(row, free)
    if (slot > row.last || (row.pinned && previous && slot < free)) return null
    earliest[p] = slot
  }
  for (let p = rows.length - 1; p >= 0; p--) {
    const row = rows[p]
    const next = rows[p + 1]
    if (!row) return null
    const bound = next
      ? (latest[p + 1] ?? 0) - gaps.between(row, next, earliest[p] ?? 0)
      : Number.MAX_SAFE_INTEGER
    const slot = lastPossible(row, bound)
    if (slot < (earliest[p] ?? 0)) return null
    latest[p] = slot
  }
  return { earliest, latest }
}

/** The best up to a slot, of a table that starts at `first`; its last entry holds beyond its end. */
export const valueBy = (table: Float64Array, first: number, slot: number): number =>
  slot < first ? nothing : (table[Math.min(slot - first, table.length - 1)] ?? nothing)

/** The best from a slot on; its first entry holds before its start. */
export const valueFrom = (table: Float64Array, first: number, slot: number): number =>
  slot - first >= table.length ? nothing : (table[Math.max(0, slot - first)] ?? nothing)

const forward = (rows: readonly Row[], earliest: Int32Array, latest: Int32Array, gaps: Gaps) => {
  const tables: Float64Array[] = []
  for (let p = 0; p < rows.length; p++) {
    const row = rows[p]
    if (!row) break
    const first = earliest[p] ?? 0
    const table = new Float64Array((latest[p] ?? 0) - first + 1).fill(nothing)
    const previous = rows[p - 1]
    const table0 = tables[p - 1]
    const first0 = earliest[p - 1] ?? 0
    if (previous && table0) {
      // Scattered, not gathered: the gap depends on where the earlier one starts.
      for (let i = 0; i < table0.length; i++) {
        const reach = Math.max(0, first0 + i + gaps.between(previous, row, first0 + i) - first)
        if (reach < table.length && (table0[i] ?? nothing) > (table[reach] ?? 0))
          table[reach] = table0[i] ?? 0
      }
    } else table[0] = 0
    let reached = nothing
    let best = nothing
    for (let i = 0; i < table.length; i++) {
      reached = Math.max(reached, table[i] ?? nothing)
      best = Math.max(best, reached + (row.values[first + i] ?? nothing))
      table[i] = best
    }
    tables.push(table)
  }
  return tables
}

const backward = (rows: readonly Row[], earliest: Int32Array, latest: Int32Array, gaps: Gaps) => {
  const tables: Float64Array[] = new Array<Float64Array>(rows.length)
  for (let p = rows.length - 1; p >= 0; p--) {
    const row = rows[p]
    if (!row) break
    const first = earliest[p] ?? 0
    const table = new Float64Array((latest[p] ?? 0) - first + 1)
    const next = rows[p + 1]
    const table1 = tables[p + 1]
    const first1 = earliest[p + 1] ?? 0
    let best = nothing
    for (let i = table.length - 1; i >= 0; i--) {
      const rest =
        next && table1 ? valueFrom(table1, first1, first + i + gaps.between(row, next, first + i)) : 0
      best = Math.max(best, rest + (row.values[first + i] ?? nothing))
      table[i] = best
    }
    tables[p] = table
  }
  return tables
}

/** Null when the order cannot be kept: some task would have to start after its last possible slot. */
export const routeOf = (rows: readonly Row[], gaps: Gaps): Route | null => {
  const range = bounds(rows, gaps)
  if (!range) return null
  const before = forward(rows, range.earliest, range.latest, gaps)
  const after = backward(rows, range.earliest, range.latest, gaps)
  const total = rows.length === 0 ? 0 : (after[0]?.[0] ?? nothing)
  return total === nothing ? null : { rows, ...range, before, after, total }
}

/** The slots of the best timing of the order; the earliest of equals. */
export const timesOf = (route: Route, gaps: Gaps): number[] => {
  const slots: number[] = []
  let from = gaps.head
  for (let p = 0; p < route.rows.length; p++) {
    const row = route.rows[p]
    const table = route.after[p]
    if (!row || !table) break
    const previous = route.rows[p - 1]
    const at = slots[p - 1] ?? 0
    if (previous) from = at + gaps.between(previous, row, at)
    const first = route.earliest[p] ?? 0
    // What is pinned may have begun before anything could be set up.
    let k = row.pinned ? row.first : Math.max(from, first)
    const best = valueFrom(table, first, k)
    // The best from k on is reached by starting at the last slot from which it is still within reach.
    while (k + 1 - first < table.length && valueFrom(table, first, k + 1) === best) k++
    slots.push(k)
  }
  return slots
}
