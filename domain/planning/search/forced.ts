import type { Gaps } from './gaps.ts'
import { excess } from './ledger.ts'
import type { Quota } from './problem.ts'
import { type Route, valueBy, valueFrom } from './route.ts'
import type { Row } from './row.ts'

/** Where a task would go: between two positions of a route, those in between taken out. */
export type Place = {
  readonly slot: number
  /** Position of the last that stays before it, -1 for none. */
  readonly after: number
  /** Position of the first that stays after it, the length of the route for none. */
  readonly until: number
  /** The worth of the whole plan with it, everything re-timed. */
  readonly total: number
}

export type Places = {
  /** The best that keeps the quotas. */
  readonly kept: Place | null
  /** The best were there no quotas; better than `kept` or the same. */
  readonly free: Place | null
}

const overlapsPinned = (route: Route, after: number, until: number): boolean => {
  for (let q = after + 1; q < until; q++) if (route.rows[q]?.pinned) return true
  return false
}

const fits = (route: Route, row: Row, place: Place, used: Float64Array, quotas: readonly Quota[]): boolean =>
  row.task.groups.every(
    (group) => excess(group, row.task.chargeS, used, quotas, route.rows, place.after + 1, place.until) === 0,
  )

/** The slots to look at, and what a plan must be worth more than to be looked at. */
export type Window = {
  readonly from: number
  readonly until: number
  readonly step: number
  readonly above?: number
}

export const everywhere: Window = { from: 0, until: Number.MAX_SAFE_INTEGER, step: 1 }

// Gaps change slowly with time: looked up anew when a neighbour changes or a quarter of an hour has passed.
const lookupS = 900

/**
 * The best of all places for a task: at each slot, as many of the route stay before and after it as can slide out of
 * its way. One sweep, since the last that can stay before and the first that can stay after only move on.
 */
export const placesFor = (
  row: Row,
  route: Route,
  gaps: Gaps,
  used: Float64Array,
  quotas: readonly Quota[],
  gridS: number,
  window: Window = everywhere,
): Places => {
  const { rows, earliest, latest, before, after } = route
  let kept: Place | null = null
  let free: Place | null = null
  let p = -1
  let n = 0
  let most = window.above ?? Number.NEGATIVE_INFINITY
  let gapBefore = 0
  let gapAfter = 0
  let lookedUp = Number.NEGATIVE_INFINITY
  const lookupSlots = Math.max(1, Math.floor(lookupS / gridS))
  const end = Math.min(row.last, window.until)
  const head = row.pinned ? row.first : Math.max(row.first, gaps.head, window.from)
  const begin = Math.ceil(head / window.step) * window.step
  for (let slot = begin; slot <= end; slot += window.step) {
    const value = row.values[slot] ?? Number.NEGATIVE_INFINITY
    if (value === Number.NEGATIVE_INFINITY) continue
    const stale = slot - lookedUp >= lookupSlots
    let next = rows[p + 1]
    let moved = stale
    while (next && (earliest[p + 1] ?? 0) < slot) {
      const gap = gaps.between(next, row, earliest[p + 1] ?? 0)
      if ((earliest[p + 1] ?? 0) + gap > slot) break
      p++
      moved = true
      next = rows[p + 1]
    }
    const last = rows[p]
    if (moved && last) gapBefore = gaps.between(last, row, slot - Math.ceil(last.durationS / gridS))
    if (n <= p) n = p + 1
    let following = rows[n]
    if (moved && following) gapAfter = gaps.between(row, following, slot)
    while (following && slot + gapAfter > (latest[n] ?? 0)) {
      n++
      following = rows[n]
      if (following) gapAfter = gaps.between(row, following, slot)
    }
    if (stale) lookedUp = slot
    const left = last ? valueBy(before[p] ?? new Float64Array(0), earliest[p] ?? 0, slot - gapBefore) : 0
    const right = following
      ? valueFrom(after[n] ?? new Float64Array(0), earliest[n] ?? 0, slot + gapAfter)
      : 0
    const total = left + value + right
    if (total <= most || overlapsPinned(route, p, n)) continue
    const place = { slot, after: p, until: n, total }
    if (total > (free?.total ?? Number.NEGATIVE_INFINITY)) free = place
    if (!fits(route, row, place, used, quotas)) continue
    kept = place
    most = total
  }
  return { kept, free }
}

/** The order with the task put in its place. */
export const withPlaced = (route: Route, row: Row, { after, until }: Place): Row[] => [
  ...route.rows.slice(0, after + 1),
  row,
  ...route.rows.slice(until),
]
