import type { Compiled } from './compile.ts'
import { type Interval, intersect } from './interval.ts'
import type { Block } from './pinned.ts'
import { bestProfit } from './search/bound.ts'
import { everywhere, placesFor, withPlaced } from './search/forced.ts'
import { usageOf } from './search/ledger.ts'
import { type Route, routeOf, timesOf } from './search/route.ts'
import { type Row, rowOf } from './search/row.ts'
import { samplesOf } from './search/sample.ts'
import { settled } from './search/settle.ts'
import { leastSetupS } from './search/setup.ts'
import type { Solution } from './search/solve.ts'
import type { Workspace } from './search/workspace.ts'

/** A row that starts where it does or not at all: what the gaps of a cadence are counted from. */
const heldAt = (row: Row, slot: number): Row => {
  const values = new Float64Array(row.values.length).fill(Number.NEGATIVE_INFINITY)
  values[slot] = row.values[slot] ?? 0
  return { ...row, values, first: slot, last: slot }
}

const slotOf = (route: Route, row: Row, { gaps }: Workspace): number =>
  timesOf(route, gaps)[route.rows.indexOf(row)] ?? 0

const holds = (
  route: Route,
  row: Row,
  space: Workspace,
): { readonly route: Route; readonly row: Row } | null => {
  const held = heldAt(row, slotOf(route, row, space))
  const again = routeOf(
    route.rows.map((other) => (other === row ? held : other)),
    space.gaps,
  )
  return again && { route: again, row: held }
}

/** The next exposure of a cadence after one that starts at a second: null where none is due tonight. */
const nextRow = (
  one: Compiled,
  occurrence: number,
  startS: number,
  number: number,
  space: Workspace,
): Row | null => {
  const { cadence } = one.candidate
  if (!cadence || occurrence > cadence.times) return null
  const due: Interval = [startS + cadence.minGapS, startS + cadence.maxGapS]
  const task = {
    ...one.task,
    occurrence,
    follows: true,
    previousS: null,
    starts: intersect(one.anyStarts, [due]),
  }
  const row = rowOf(task, space.problem, space.angles, 1, undefined, number)
  return row.first <= row.last ? row : null
}

/** The route with one more exposure, where it gains and displaces none that gaps are counted from. */
const withRow = (route: Route, row: Row, held: ReadonlySet<Row>, space: Workspace): Route | null => {
  const used = usageOf(route.rows, space.quotas)
  const above = { ...everywhere, above: route.total }
  const { kept } = placesFor(row, route, space.gaps, used, space.quotas, space.problem.gridS, above)
  if (!kept || route.rows.slice(kept.after + 1, kept.until).some((other) => held.has(other))) return null
  return routeOf(withPlaced(route, row, kept), space.gaps)
}

/** Without what follows an exposure that is not there. */
export const withoutOrphans = (route: Route, blocks: readonly Block[], space: Workspace): Route => {
  const there = new Set(blocks.map(({ task }) => `${task.occurrence} ${task.id}`))
  const rows = route.rows.filter(({ task }) => {
    const stays = !task.follows || there.has(`${task.occurrence - 1} ${task.id}`)
    if (stays) there.add(`${task.occurrence} ${task.id}`)
    return stays
  })
  return rows.length === route.rows.length ? route : (routeOf(rows, space.gaps) ?? route)
}

type Progress = { route: Route; readonly held: Set<Row> }

/** All further exposures of one cadence that find a place, each within its gaps from the one before. */
const repeat = (one: Compiled, blocks: readonly Block[], space: Workspace, progress: Progress): void => {
  const planned = progress.route.rows.find(({ task, pinned }) => task === one.task && !pinned)
  const block = blocks.find(({ task }) => task === one.task)
  let startS = block?.startS ?? null
  let number = -1
  if (planned) {
    const now = holds(progress.route, planned, space)
    if (!now) return
    progress.route = now.route
    progress.held.add(now.row)
    number = planned.number
    startS = now.row.first * space.problem.gridS
  }
  if (startS === null) return
  for (let n = one.task.occurrence + 1; ; n++) {
    const row = nextRow(one, n, startS, number, space)
    const route = row && withRow(progress.route, row, progress.held, space)
    const placed = route && holds(route, row, space)
    if (!placed) return
    progress.route = placed.route
    progress.held.add(placed.row)
    startS = placed.row.first * space.problem.gridS
  }
}

/** What the repeats could add at most, at the prices of the search. */
const boundOf = (ones: readonly Compiled[], { problem, market }: Workspace): number => {
  const tasks = ones.map(({ task, anyStarts }) => ({ ...task, starts: anyStarts }))
  const setupS = leastSetupS(problem.setup)
  const profits = samplesOf({ ...problem, tasks }).map((sample) =>
    Math.max(0, bestProfit(sample, problem, market.prices, setupS)),
  )
  return ones.reduce((sum, { due }, i) => sum + (due.left - 1) * (profits[i] ?? 0), 0)
}

/** The solution with the further exposures of some cadences, one after the other; nothing held by a gap moves any more. */
export const withRepeats = (
  solution: Solution,
  blocks: readonly Block[],
  among: readonly Compiled[],
): Solution => {
  const { space } = solution
  const ones = among
    .filter(({ task }) => task.repeats)
    .toSorted((a, b) => b.task.worth - a.task.worth || a.task.rank - b.task.rank)
  if (ones.length === 0) return solution
  const progress: Progress = { route: solution.route, held: new Set() }
  for (const one of ones) repeat(one, blocks, space, progress)
  const route = withoutOrphans(settled(progress.route, space), blocks, space)
  return { space, route, slots: timesOf(route, space.gaps), bound: solution.bound + boundOf(ones, space) }
}
