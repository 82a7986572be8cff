import { construct } from './construct.ts'
import { everywhere } from './forced.ts'
import { improve } from './improve.ts'
import { keptAndCompleted } from './keep.ts'
import { marketOf } from './market.ts'
import type { Problem } from './problem.ts'
import { type Route, routeOf, timesOf } from './route.ts'
import { settled } from './settle.ts'
import { shake } from './shake.ts'
import { type Workspace, withoutHopeless, workspaceOf } from './workspace.ts'

export type SearchOptions = {
  readonly effort: number
  readonly seed: number
  /** A new plan must be better than the previous one, kept and completed, by this share. */
  readonly changeGain: number
}

export type Solution = {
  readonly space: Workspace
  readonly route: Route
  /** By position in the route. */
  readonly slots: readonly number[]
  /** No plan of these tasks is worth more. */
  readonly bound: number
}

// More rounds bring the bound down a little further, and cost time in proportion.
const priceRounds = 45
// How much a good task is saved for its best time while the first plans are built.
const patiences = [0.6, 1]

const rest = (space: Workspace): Route => {
  const route = routeOf(space.pinned, space.gaps)
  if (!route) throw new RangeError('blocks that must not move overlap one another')
  return route
}

// A night of so few is searched nearly completely: it costs next to nothing.
const few = 16
const fewOptions = { width: 12, patiences: [0.6, 1, 0], effort: 60 }
// What is built so much worse than the best is not worth improving: on the nights tried it stayed behind.
const promise = 0.96

const fromNothing = (space: Workspace, { effort, seed }: SearchOptions): Route => {
  const small = space.pool.length <= few
  const built = (small ? fewOptions.patiences : patiences)
    .map((patience) => construct(space, patience, small ? fewOptions.width : undefined))
    .filter((route) => route !== null)
  let best = built.reduce((most, route) => (route.total > most.total ? route : most), rest(space))
  const enough = promise * best.total
  for (const route of built.filter(({ total }) => total >= enough)) {
    const promising = withoutHopeless(space, best.total)
    const improved = improve(route, promising, promising.pool, 6)
    if (improved.total > best.total) best = improved
  }
  const times = small ? Math.max(effort, fewOptions.effort) : effort
  const shaken = shake(best, withoutHopeless(space, best.total), times, seed)
  // With all candidates once more, so that planning again what is planned finds nothing to add.
  return improve(shaken, space, space.pool, 6, everywhere)
}

/** A good plan for a night, the same one for the same problem, with a bound on how much better any other could be. */
export const solve = (problem: Problem, options: SearchOptions): Solution => {
  const market = marketOf(problem, priceRounds)
  const space = workspaceOf(problem, market)
  const kept = problem.tasks.some(({ previousS }) => previousS !== null) ? keptAndCompleted(space) : null
  const fresh = fromNothing(space, options)
  const best = kept && fresh.total <= kept.total * (1 + options.changeGain) ? kept : fresh
  const route = settled(best, space)
  return { space, route, slots: timesOf(route, space.gaps), bound: market.bound }
}
