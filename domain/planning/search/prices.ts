import { type Angles, anglesOver } from './angles.ts'
import type { Problem } from './problem.ts'
import { qualityAtAngle } from './quality.ts'
import { leastSetupS } from './setup.ts'
import { mayStart, type Task } from './task.ts'

/** What a second is worth: of telescope time in each five minutes, and of each quota. */
export type Prices = {
  readonly time: Float64Array
  readonly quota: Float64Array
  /** The price of everything before a boundary of five minutes. */
  readonly spent: Float64Array
}

export const priceStepS = 300

export const priceOf = (time: Float64Array, quota: Float64Array): Prices => {
  const spent = new Float64Array(time.length + 1)
  for (let s = 0; s < time.length; s++) spent[s + 1] = (spent[s] ?? 0) + (time[s] ?? 0) * priceStepS
  return { time, quota, spent }
}

/** The price of all time before an instant. */
export const spentBy = ({ time, spent }: Prices, atS: number): number => {
  if (atS <= 0) return 0
  const step = Math.min(time.length, Math.floor(atS / priceStepS))
  return (spent[step] ?? 0) + (time[step] ?? 0) * (atS - step * priceStepS)
}

/** The time no other task can use: exposure and least set-up, in whole steps of the grid. */
export const blockOf = (task: Task, setupS: number, gridS: number): number =>
  Math.ceil((task.durationS + setupS) / gridS) * gridS

/** The price of a block that begins at an instant. */
export const timeCost = (prices: Prices, blockS: number, fromS: number): number =>
  spentBy(prices, fromS + blockS) - spentBy(prices, fromS)

export const quotaCost = ({ quota }: Prices, task: Task): number => {
  let price = 0
  for (const group of task.groups) price += quota[group] ?? 0
  return price * task.chargeS
}

/**
 * Worth at the starts whose block begins or ends on a boundary of five minutes, and at the ends of the windows: between
 * those the cost of time is linear, so that nothing much better lies between them.
 */
export type Sample = {
  readonly task: Task
  readonly blockS: number
  readonly starts: Float64Array
  readonly values: Float64Array
}

const sampleOf = (task: Task, setupS: number, problem: Problem, angles: Angles): Sample => {
  const { angleRad, rateRadS } = problem.rotation
  const blockS = blockOf(task, setupS, problem.gridS)
  const starts: number[] = []
  const values: number[] = []
  const add = (atS: number, cos: number, sin: number): void => {
    starts.push(atS)
    values.push(task.worth * qualityAtAngle(task, atS, cos, sin))
  }
  const addExactly = (atS: number): void => {
    const angle = angleRad + rateRadS * atS
    add(atS, Math.cos(angle), Math.sin(angle))
  }
  const offsets = [setupS % priceStepS, (((setupS - blockS) % priceStepS) + priceStepS) % priceStepS]
  const [low = 0, high = 0] = offsets.toSorted((x, y) => x - y)
  const turns = (low === high ? [low] : [low, high]).map((offset) => ({
    offset,
    cos: Math.cos(rateRadS * offset),
    sin: Math.sin(rateRadS * offset),
  }))
  for (const [from, until] of task.starts) {
    addExactly(from)
    const last = Math.min(angles.count - 1, Math.floor(until / priceStepS))
    for (let k = Math.max(0, Math.floor(from / priceStepS)); k <= last; k++)
      for (const { offset, cos, sin } of turns) {
        const atS = k * priceStepS + offset
        if (atS <= from || atS >= until) continue
        const c = angles.cos[k] ?? 0
        const s = angles.sin[k] ?? 0
        add(atS, c * cos - s * sin, s * cos + c * sin)
      }
    if (until > from) addExactly(until)
  }
  if (task.preferredS !== null && mayStart(task, task.preferredS)) addExactly(task.preferredS)
  return { task, blockS, starts: Float64Array.from(starts), values: Float64Array.from(values) }
}

export const samplesOf = (problem: Problem): Sample[] => {
  const angles = anglesOver(problem.rotation, problem.untilS, priceStepS)
  const setupS = leastSetupS(problem.setup)
  return problem.tasks.map((task) => sampleOf(task, setupS, problem, angles))
}

/** Seconds of open telescope in each five minutes. */
const capacityOf = ({ fromS, untilS, pinned }: Problem): Float64Array => {
  const capacity = new Float64Array(Math.ceil(untilS / priceStepS))
  for (let s = 0; s < capacity.length; s++) {
    const begin = s * priceStepS
    const share = (from: number, until: number) =>
      Math.max(0, Math.min(until, begin + priceStepS) - Math.max(from, begin))
    const taken = pinned.reduce((sum, { startS, endS }) => sum + share(startS, endS), 0)
    capacity[s] = Math.max(0, share(fromS, untilS) - taken)
  }
  return capacity
}

export type Response = { readonly profit: number; readonly startS: number }

const responseOf = (sample: Sample, prices: Prices, setupS: number): Response => {
  let profit = Number.NEGATIVE_INFINITY
  let startS = 0
  for (let i = 0; i < sample.starts.length; i++) {
    const at = sample.starts[i] ?? 0
    const gain = (sample.values[i] ?? 0) - timeCost(prices, sample.blockS, at - setupS)
    if (gain > profit) {
      profit = gain
      startS = at
    }
  }
  return { profit: profit - quotaCost(prices, sample.task), startS }
}

// Found by trying on the nights with proven bounds: how far below the best bound the steps aim at first, how that fades,
// how much of each step is new, and how much faster quota prices move than those of time.
const firstReach = 0.3
const fade = 0.94
const fresh = 0.8
const quotaPace = 4

/** A uniform price at which the best per second just fill the night. */
const firstPrice = (samples: readonly Sample[], capacityS: number, setupS: number): number => {
  const density = samples
    .map(({ task }) => ({ per: task.worth / (task.durationS + setupS), seconds: task.durationS + setupS }))
    .toSorted((a, b) => b.per - a.per)
  let filled = 0
  for (const { per, seconds } of density) {
    filled += seconds
    if (filled > capacityS) return per * 0.9
  }
  return 0
}

export type Market = {
  readonly prices: Prices
  readonly capacity: Float64Array
  readonly setupS: number
  readonly samples: readonly Sample[]
  /** By place in `samples`: what the task would gain at these prices. */
  readonly responses: readonly Response[]
  /** About the bound on any plan. */
  readonly level: number
}

const demand = (use: Float64Array, fromS: number, blockS: number): void => {
  const from = Math.max(0, fromS)
  const until = fromS + blockS
  const last = Math.min(use.length - 1, Math.floor(until / priceStepS))
  for (let s = Math.floor(from / priceStepS); s <= last; s++) {
    const begin = s * priceStepS
    use[s] = (use[s] ?? 0) + Math.min(until, begin + priceStepS) - Math.max(from, begin)
  }
}

/**
 * Prices of time and quotas by which every task can be judged alone (Lagrangian relaxation, subgradient steps deflected
 * by the one before). Tasks that are hopeless at the first prices sit out all rounds but the last.
 */
export const marketOf = (problem: Problem, rounds: number): Market => {
  const samples = samplesOf(problem)
  const setupS = leastSetupS(problem.setup)
  const capacity = capacityOf(problem)
  const openS = capacity.reduce((sum, s) => sum + s, 0)
  const groups = problem.quotas.length
  const first = firstPrice(samples, openS, setupS)
  let time = new Float64Array(capacity.length).fill(first)
  let quota = new Float64Array(groups)
  let best = Number.POSITIVE_INFINITY
  let bestPrices = priceOf(time, quota)
  const driftTime = new Float64Array(capacity.length)
  const driftQuota = new Float64Array(groups)
  let active = samples
  let reach = firstReach
  for (let round = 0; round < rounds; round++) {
    const prices = priceOf(time, quota)
    const use = new Float64Array(capacity.length)
    const charged = new Float64Array(groups)
    let bound = 0
    const hopeful: Sample[] = []
    const sifts = round === 0 || round === 15
    const sift = round === 0 ? 0.5 : 0.25
    for (const sample of active) {
      const { profit, startS } = responseOf(sample, prices, setupS)
      if (sifts && profit > -sift * sample.task.worth) hopeful.push(sample)
      if (profit <= 0) continue
      bound += profit
      demand(use, startS - setupS, sample.blockS)
      for (const group of sample.task.groups) charged[group] = (charged[group] ?? 0) + sample.task.chargeS
    }
    if (sifts) active = hopeful
    for (let s = 0; s < time.length; s++) bound += (time[s] ?? 0) * (capacity[s] ?? 0)
    for (let g = 0; g < groups; g++) bound += (quota[g] ?? 0) * (problem.quotas[g]?.leftS ?? 0)
    const better = bound < best
    if (better) {
      best = bound
      bestPrices = prices
    }
    reach = firstReach * fade ** round
    let norm = 0
    for (let s = 0; s < time.length; s++) {
      const slope = (use[s] ?? 0) - (capacity[s] ?? 0)
      driftTime[s] = (1 - fresh) * (driftTime[s] ?? 0) + fresh * slope
      norm += (driftTime[s] ?? 0) ** 2 / priceStepS
    }
    for (let g = 0; g < groups; g++) {
      const leftS = Math.max(1, problem.quotas[g]?.leftS ?? 1)
      const slope = (charged[g] ?? 0) - leftS
      // A quota that is neither priced nor exceeded pulls nothing.
      driftQuota[g] =
        slope < 0 && (quota[g] ?? 0) === 0 ? 0 : (1 - fresh) * (driftQuota[g] ?? 0) + fresh * slope
      norm += ((driftQuota[g] ?? 0) ** 2 * quotaPace) / leftS
    }
    if (norm === 0) break
    const step = (bound - best * (1 - reach)) / norm
    const nextTime = new Float64Array(time.length)
    for (let s = 0; s < time.length; s++)
      nextTime[s] = Math.max(0, (time[s] ?? 0) + (step * (driftTime[s] ?? 0)) / priceStepS)
    const nextQuota = new Float64Array(groups)
    for (let g = 0; g < groups; g++) {
      const leftS = Math.max(1, problem.quotas[g]?.leftS ?? 1)
      nextQuota[g] = Math.max(0, (quota[g] ?? 0) + (step * quotaPace * (driftQuota[g] ?? 0)) / leftS)
    }
    time = nextTime
    quota = nextQuota
  }
  const responses = samples.map((sample) => responseOf(sample, bestPrices, setupS))
  return { prices: bestPrices, capacity, setupS, samples, responses, level: best }
}
