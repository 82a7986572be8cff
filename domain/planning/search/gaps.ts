import type { Problem } from './problem.ts'
import type { Row } from './row.ts'
import { altAzOf, exactSetupS, firstSetupS, leastSetupS, setupBetween } from './setup.ts'
import type { Task } from './task.ts'

/** How far the starts of two consecutive tasks must be apart, in slots. */
export type Gaps = {
  /** `slot` is where the earlier one starts. */
  between(from: Row, to: Row, slot: number): number
  /** What `between` knows by number of the later row, 0 where it was not asked yet; null when it depends on nothing. */
  line(from: Row, slot: number): Int32Array | null
  /** The least distance to whatever comes next. */
  after(from: Row): number
  /** By how many slots a gap can exceed the least. */
  readonly reach: number
  /** The first slot in which anything may start, at the head of a plan. */
  readonly head: number
  /** Asks for more between two tasks from now on: the exact set-up turned out longer than tabulated. */
  widen(from: Row, to: Row, seconds: number): void
}

// The sky turns 3.75 degrees meanwhile: good enough to search by, and the end result is checked to the second.
const bucketS = 900

type AltAz = readonly [number, number]

const pointings = (problem: Problem) => {
  const known = new Map<Task, (AltAz | undefined)[]>()
  return (task: Task, bucket: number): AltAz | null => {
    if (!task.direction) return null
    const listed = known.get(task) ?? []
    if (listed.length === 0) known.set(task, listed)
    const at = listed[bucket] ?? altAzOf(task.direction, (bucket + 0.5) * bucketS, problem.rotation)
    listed[bucket] = at
    return at
  }
}

// Blocks that stay where they are keep the distance they have, to the second; in slots it may look too short.
const between = (from: Row, to: Row, gap: number): number =>
  from.pinned && to.pinned ? Math.max(0, Math.min(gap, to.first - from.first)) : gap

const fixedGaps = (seconds: number, gridS: number, head: number): Gaps => ({
  head,
  reach: 0,
  line: () => null,
  after: (from) => Math.ceil((from.durationS + seconds) / gridS),
  between: (from, to) => between(from, to, Math.ceil((from.durationS + seconds) / gridS)),
  widen: () => undefined,
})

/** The gaps between so many rows of one search. */
export const gapsOf = (problem: Problem, count: number): Gaps => {
  const { setup, gridS } = problem
  const head = Math.ceil((problem.fromS + firstSetupS(setup)) / gridS)
  if (setup.kind === 'fixed') return fixedGaps(setup.seconds, gridS, head)
  const pointing = pointings(problem)
  const leastS = leastSetupS(setup)
  // Per bucket and earlier row a line of gaps in slots, filled as they are asked for; 0 is not asked for yet.
  const lines: ((Int32Array | undefined)[] | undefined)[] = []
  const widened = new Map<number, number>()
  const worked = (from: Row, to: Row, bucket: number): number => {
    const near = [pointing(from.task, bucket), pointing(to.task, bucket)] as const
    const usual = setupBetween(setup.telescope, from.task, to.task, ...near)
    const wide = widened.get(from.number * count + to.number) ?? 0
    return Math.ceil((from.durationS + Math.max(usual, wide)) / gridS)
  }
  const bucketAt = (from: Row, slot: number): number =>
    Math.max(0, Math.floor((slot * gridS + from.durationS) / bucketS))
  const line = (from: Row, slot: number): Int32Array | null => {
    if (from.number < 0) return null
    const bucket = bucketAt(from, slot)
    const known = lines[bucket] ?? []
    lines[bucket] = known
    const found = known[from.number] ?? new Int32Array(count)
    known[from.number] = found
    return found
  }
  return {
    head,
    reach: Math.ceil((setup.telescope.firstS + setup.telescope.filterChangeS) / gridS),
    after: (from) => Math.ceil((from.durationS + leastS) / gridS),
    line,
    between: (from, to, slot) => {
      if (from.pinned && to.pinned) return between(from, to, Number.POSITIVE_INFINITY)
      const known = to.number < 0 ? null : line(from, slot)
      const gap = known?.[to.number] || worked(from, to, bucketAt(from, slot))
      if (known) known[to.number] = gap
      return gap
    },
    widen: (from, to, seconds) => {
      widened.set(from.number * count + to.number, seconds)
      for (const bucket of lines) bucket?.[from.number]?.fill(0, to.number, to.number + 1)
    },
  }
}

/** By how many seconds two consecutive starts are too close. */
export const shortfallS = (
  problem: Problem,
  from: Row,
  fromSlot: number,
  to: Row,
  toSlot: number,
): { readonly shortS: number; readonly setupS: number } => {
  const endS = fromSlot * problem.gridS + from.durationS
  const setupS = exactSetupS(problem.setup, from.task, to.task, endS, problem.rotation)
  return { shortS: endS + setupS - toSlot * problem.gridS, setupS }
}
