import { shortfallS } from './gaps.ts'
import { type Route, routeOf, timesOf } from './route.ts'
import type { Row } from './row.ts'
import type { Workspace } from './workspace.ts'

/** The first two that follow each other too closely once the slew is computed for the very second. */
const tooClose = (route: Route, { gaps, problem }: Workspace): readonly [Row, Row] | null => {
  const slots = timesOf(route, gaps)
  for (let p = 1; p < route.rows.length; p++) {
    const from = route.rows[p - 1]
    const to = route.rows[p]
    if (!from || !to) continue
    const { shortS, setupS } = shortfallS(problem, from, slots[p - 1] ?? 0, to, slots[p] ?? 0)
    if (shortS <= 0 || (from.pinned && to.pinned)) continue
    gaps.widen(from, to, Math.ceil(setupS))
    return [from, to]
  }
  return null
}

/** Makes every set-up long enough to the second, and drops what then no longer fits. */
export const settled = (start: Route, space: Workspace): Route => {
  let route = start
  for (;;) {
    const pair = tooClose(route, space)
    if (!pair) return route
    const again = routeOf(route.rows, space.gaps)
    if (again) route = again
    else {
      const [from, to] = pair
      const dropped = to.pinned || (!from.pinned && from.task.worth < to.task.worth) ? from : to
      const rest = routeOf(
        route.rows.filter((row) => row !== dropped),
        space.gaps,
      )
      if (!rest) return route
      route = rest
    }
  }
}
