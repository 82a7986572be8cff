import { type Prepared, prepareOne } from './compile.ts'
import type { Candidate } from './input.ts'
import { alertStart, type Block, outranks } from './pinned.ts'
import { type Planning, planOf } from './plan.ts'
import { withoutOrphans } from './repeats.ts'
import { everywhere, placesFor, withPlaced } from './search/forced.ts'
import { improve } from './search/improve.ts'
import { usageOf } from './search/ledger.ts'
import { qualityAt } from './search/quality.ts'
import { type Route, routeOf, timesOf } from './search/route.ts'
import { pinnedRow, type Row, rowOf } from './search/row.ts'
import { settled } from './search/settle.ts'
import { firstSetupS } from './search/setup.ts'
import { refilled } from './search/shake.ts'
import { scarceOf, type Workspace } from './search/workspace.ts'

// Beside those that lose their place, so many of the next best: the full plan that follows looks at all.
const refillFrom = 80
const refillS = 3600

/** What of a plan has begun at an instant, and what is still to come. */
const cutAt = ({ solution }: Planning, atS: number): { begun: Block[]; ahead: Row[] } => {
  const { route, slots, space } = solution
  const startOf = (p: number) => (slots[p] ?? 0) * space.problem.gridS
  const begun = route.rows.flatMap((row, p): Block[] =>
    row.pinned || startOf(p) >= atS
      ? []
      : [{ kind: 'fixed', task: row.task, startS: startOf(p), endS: startOf(p) + row.durationS }],
  )
  return { begun, ahead: route.rows.filter((row, p) => !row.pinned && startOf(p) >= atS) }
}

/** The workspace as it is from an instant on, with other blocks in it. */
const spaceFrom = (space: Workspace, blocks: readonly Block[], atS: number): Workspace => {
  const { problem, angles, gaps } = space
  const later = blocks.filter(({ endS }) => endS > atS)
  const charged = (group: number) =>
    blocks.reduce((sum, { task }) => sum + (task.groups.includes(group) ? task.chargeS : 0), 0)
  const quotas = problem.quotas.map(({ leftS }, g) => ({ leftS: Math.max(0, leftS - charged(g)) }))
  const pinned = later
    .map(({ task, startS, endS }) => pinnedRow(task, startS, endS, angles, -1))
    .toSorted((a, b) => a.first - b.first)
  return {
    ...space,
    problem: { ...problem, pinned: later, quotas, fromS: atS },
    quotas,
    pinned,
    scarce: scarceOf(space.pool, quotas),
    // Without set-up: what comes next in the plan is being set up for already.
    gaps: { ...gaps, head: Math.ceil(atS / problem.gridS) },
  }
}

/** What an alert aborts: whatever runs into its set-up and gives way to it, and the repeats that hang on it. */
const abortedBy = (
  blocks: readonly Block[],
  { task: alert, startS, endS }: Pick<Block, 'task' | 'startS' | 'endS'>,
  setupS: number,
): Set<Block> => {
  const aborted = new Set(
    blocks.filter(
      (block) => outranks(alert, block.task) && block.endS > startS - setupS && block.startS < endS + setupS,
    ),
  )
  const lost = new Set([...aborted].map(({ task }) => `${task.occurrence} ${task.id}`))
  for (const block of blocks.toSorted((a, b) => a.startS - b.startS)) {
    const { task } = block
    if (!task.follows || !lost.has(`${task.occurrence - 1} ${task.id}`)) continue
    lost.add(`${task.occurrence} ${task.id}`)
    aborted.add(block)
  }
  return aborted
}

/**
 * Puts an alert into a running plan at the first second it can have, aborting what gives way to it, keeps the order of the
 * rest, and fills what became free. Null when the alert cannot be observed any more tonight, or when another that is still
 * to come would lose its place: that needs a plan of the whole.
 */
export const replanForAlert = (before: Planning, alert: Candidate, atS: number): Planning | null => {
  const prepared: Prepared = { ...before.prepared, fromS: atS }
  const one = prepareOne({ ...alert, alert: true }, prepared)
  const setupS = firstSetupS(prepared.input.setup)
  const startS = alertStart(
    one.task,
    before.blocks.filter(({ task }) => task.alert && !outranks(one.task, task)),
    prepared,
  )
  if (startS === null) return null
  const endS = startS + one.task.durationS
  const { begun, ahead } = cutAt(before, atS)
  const aborted = abortedBy([...before.blocks, ...begun], { task: one.task, startS, endS }, setupS)
  if ([...aborted].some(({ task, startS: at }) => task.alert && at >= atS)) return null
  const alertBlock: Block = { kind: 'alert', task: one.task, startS, endS }
  const staying = [...[...before.blocks, ...begun].filter((block) => !aborted.has(block)), alertBlock]
  // Quotas of the earlier problem are free of the earlier blocks already.
  const newly = staying.filter((block) => !before.blocks.includes(block))
  const old = before.solution.space
  const charged = spaceFrom(old, newly, atS)
  const space = { ...charged, pinned: spaceFrom(old, staying, atS).pinned }
  // What was planned above this tier and lost its place to the alert may have another.
  const lifted = [...aborted]
    .filter(({ kind, task, startS: at }) => kind === 'planned' && at >= atS && !task.repeats && !task.follows)
    .map(({ task }) => rowOf(task, space.problem, space.angles))
  const route = withBlocks(ahead, space)
  if (!route) return null
  const planned = new Set(route.rows)
  const dropped = [...ahead, ...lifted].filter((row) => !planned.has(row))
  const there = new Set([...route.rows, ...dropped].map(({ task }) => task.id))
  const gone = new Set(staying.map(({ task }) => task.id))
  const next = space.pool.filter(({ task }) => !there.has(task.id) && !gone.has(task.id))
  const pool = [...new Set([...dropped, ...next.slice(0, refillFrom)])]
  const refreshed = around(route, space, pool, startS, endS)
  const filled = withoutOrphans(
    settled(improve(refreshed, space, pool, 2, everywhere), space),
    staying,
    space,
  )
  const counted = begun.reduce(
    (sum, { task, startS: at }) => sum + task.worth * qualityAt(task, at, prepared.night.sky.rotation),
    0,
  )
  const solution = {
    space,
    route: filled,
    slots: timesOf(filled, space.gaps),
    bound: before.solution.bound - counted,
  }
  const alerts = {
    ...before.alerts,
    blocks: [...before.alerts.blocks, alertBlock],
    preempted: [
      ...before.alerts.preempted,
      ...[...aborted]
        .filter((block) => block.startS < atS && block.endS > atS)
        .map(({ task }) => ({ id: task.id, by: alert.id, atS })),
    ],
  }
  const stage = {
    ...(before.stages[before.stages.length - 1] ?? before.stages[0]),
    solution,
    blocks: staying,
  }
  const stages = [...before.stages.slice(0, -1), stage] as const
  const after = { ...prepared, candidates: [...prepared.candidates, one] }
  return {
    plan: planOf(after, stages, alerts),
    prepared: after,
    solution,
    alerts,
    blocks: staying,
    stages,
  }
}

/** The time before and after an alert filled anew: what stood there was chosen without it. */
const around = (
  start: Route,
  space: Workspace,
  pool: readonly Row[],
  startS: number,
  endS: number,
): Route => {
  let best = start
  const near = { ...space, pool: [...pool, ...start.rows.filter((row) => !row.pinned)] }
  for (const [fromS, untilS] of [
    [endS, endS + refillS],
    [startS - refillS, startS],
  ] as const) {
    const filled = refilled(best, near, fromS, untilS, 0, () => 0)
    if (filled && filled.total > best.total) best = filled
  }
  return best
}

/** The order kept around the blocks: each pushes out what cannot slide out of its way. */
const withBlocks = (ahead: readonly Row[], space: Workspace) => {
  const { gaps, pinned, problem } = space
  let route = routeOf(ahead, gaps) ?? routeOf([], gaps)
  for (const row of pinned) {
    if (!route) return null
    const used = usageOf(route.rows, [])
    const { free } = placesFor(row, route, gaps, used, [], problem.gridS)
    // A block that runs already begins before anything can be set up: it goes first.
    route = free ? routeOf(withPlaced(route, row, free), gaps) : routeOf([row, ...route.rows], gaps)
  }
  return route
}
