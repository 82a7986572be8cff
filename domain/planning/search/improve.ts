import { exchanged, worthWithout } from './exchange.ts'
import { everywhere, type Place, placesFor, type Window, withPlaced } from './forced.ts'
import { usageOf } from './ledger.ts'
import { type Route, routeOf } from './route.ts'
import type { Row } from './row.ts'
import type { Workspace } from './workspace.ts'

// Smaller than the tie of a second, larger than the rounding of a sum of thousands.
const enough = 1e-9

const better = (rows: readonly Row[] | null, than: Route, { gaps }: Workspace): Route | null => {
  if (!rows) return null
  const route = routeOf(rows, gaps)
  return route && route.total > than.total + enough * Math.max(1, than.total) ? route : null
}

/** Puts one task in: beside others, in place of others, or in exchange for one of an exhausted quota. */
const enter = (
  route: Route,
  row: Row,
  used: Float64Array,
  without: () => Float64Array,
  space: Workspace,
  window: Window,
): Route | null => {
  const { gaps, quotas, problem } = space
  const above = { ...window, above: route.total }
  const { kept, free } = placesFor(row, route, gaps, used, quotas, problem.gridS, above)
  const gains = (place: Place | null): place is Place => place !== null && place.total > route.total
  const placed = gains(kept) ? better(withPlaced(route, row, kept), route, space) : null
  if (placed || !gains(free) || free === kept) return placed
  return better(exchanged(route, row, free, without(), quotas), route, space)
}

/** Takes one task out and puts it where it fits best now. */
const relocate = (route: Route, row: Row, space: Workspace, window: Window): Route | null => {
  const rest = routeOf(
    route.rows.filter((other) => other !== row),
    space.gaps,
  )
  if (!rest) return null
  const used = usageOf(rest.rows, space.quotas)
  const above = { ...window, above: route.total }
  const { kept } = placesFor(row, rest, space.gaps, used, space.quotas, space.problem.gridS, above)
  return kept && better(withPlaced(rest, row, kept), route, space)
}

// On a finer grid starts this far apart are looked at first; the last look is at every one.
const strideS = 60

/** Repeats entering and, between, relocating until nothing gains or the rounds are over. */
export const improve = (
  start: Route,
  space: Workspace,
  pool: readonly Row[],
  rounds: number,
  window?: Window,
): Route => {
  let route = start
  const stride = { ...everywhere, step: Math.max(1, Math.floor(strideS / space.problem.gridS)) }
  for (let round = 0; round < rounds; round++) {
    const before = route.total
    let planned = new Set(route.rows)
    let used = usageOf(route.rows, space.quotas)
    let without: Float64Array | null = null
    const known = (): Float64Array => {
      without ??= worthWithout(route, space.gaps)
      return without
    }
    for (const row of pool) {
      if (planned.has(row)) continue
      const entered = enter(route, row, used, known, space, window ?? stride)
      if (!entered) continue
      route = entered
      without = null
      planned = new Set(route.rows)
      used = usageOf(route.rows, space.quotas)
    }
    if (!window)
      for (const row of route.rows) if (!row.pinned) route = relocate(route, row, space, stride) ?? route
    if (route.total <= before + enough * Math.max(1, before)) break
  }
  return route
}
