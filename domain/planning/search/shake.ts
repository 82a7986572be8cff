import { offersOf } from './construct.ts'
import { fill } from './fill.ts'
import type { Window } from './forced.ts'
import { improve } from './improve.ts'
import { usageOf } from './ledger.ts'
import { seeded } from './random.ts'
import { type Route, routeOf, timesOf } from './route.ts'
import type { Row } from './row.ts'
import type { Workspace } from './workspace.ts'

const shortestS = 1200
const largestShare = 1 / 3
// What slides because of a change may be this far from it.
const marginS = 1800
const loudest = 0.3
// A plan this much worse than the best may still be built upon.
const tolerance = 0.002

/** The tasks of a stretch of time taken out and the stretch filled anew. */
export const refilled = (
  route: Route,
  space: Workspace,
  fromS: number,
  untilS: number,
  patience: number,
  noise: () => number,
): Route | null => {
  const { gaps, problem, quotas, pool, angles } = space
  const slots = timesOf(route, gaps)
  const inside = (slot: number) => slot * problem.gridS >= fromS && slot * problem.gridS < untilS
  let first = slots.findIndex(inside)
  if (first < 0) first = slots.filter((slot) => slot * problem.gridS < fromS).length
  let last = first
  while (last < slots.length && inside(slots[last] ?? 0) && !route.rows[last]?.pinned) last++
  const head = route.rows.slice(0, first)
  const tail = route.rows.slice(last)
  const staying = new Set([...head, ...tail])
  const before = head.at(-1)
  const after = tail[0]
  const stretch = {
    before: before ? { row: before, slot: slots[first - 1] ?? 0 } : null,
    fromSlot: before
      ? (slots[first - 1] ?? 0) + gaps.between(before, before, slots[first - 1] ?? 0)
      : gaps.head,
    // The tail can slide: it is asked to wait as long as it can.
    after: after ? { row: after, slot: Math.max(slots[last] ?? 0, route.latest[last] ?? 0) } : null,
    untilSlot: after ? (slots[last] ?? 0) : angles.count - 1,
  }
  const left = pool.filter((row) => !staying.has(row))
  const used = usageOf([...head, ...tail], quotas)
  const middle = fill(offersOf(space, left, patience, noise), stretch, gaps, used, quotas)
  return routeOf([...head, ...middle, ...tail], gaps)
}

/**
 * Frees random stretches and fills them again, a given number of times: the same seed and number give the same plan on
 * every machine, and a larger number never a worse one.
 */
export const shake = (start: Route, space: Workspace, times: number, seed: number): Route => {
  const random = seeded(seed)
  const { problem, pool } = space
  const spanS = Math.max(shortestS, problem.untilS - problem.fromS)
  let best = start
  let current = start
  for (let time = 0; time < times; time++) {
    const lengthS = shortestS * ((spanS * largestShare) / shortestS) ** random()
    const fromS = problem.fromS + random() * spanS - lengthS / 2
    const patience = 0.2 + 0.8 * random()
    const loud = random() * loudest
    const filled = refilled(current, space, fromS, fromS + lengthS, patience, () => loud * (random() - 0.5))
    if (!filled || filled.total < best.total * (1 - 0.02)) continue
    const window = {
      from: Math.floor((fromS - marginS) / problem.gridS),
      until: Math.ceil((fromS + lengthS + marginS) / problem.gridS),
      step: 1,
    }
    const tried = improve(filled, space, nearby(pool, window), 2, window)
    if (tried.total > current.total || tried.total >= best.total * (1 - tolerance)) current = tried
    if (tried.total > best.total) best = tried
  }
  return best
}

const nearby = (pool: readonly Row[], { from, until }: Window): Row[] =>
  pool.filter((row) => row.first <= until && row.last >= from)
