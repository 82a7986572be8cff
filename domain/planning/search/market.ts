import { ascentOf } from './ascent.ts'
import { bestProfit } from './bound.ts'
import { type Buyer, bestOffer, buyerOf } from './buyer.ts'
import { capacityOf } from './capacity.ts'
import { type Prices, priceOf, priceStepS } from './prices.ts'
import type { Problem } from './problem.ts'
import { type Sample, samplesOf } from './sample.ts'
import { leastSetupS } from './setup.ts'

export type Market = {
  readonly prices: Prices
  /** With what each task would gain at these prices at the best of its starts; a loss where none gains. */
  readonly offers: readonly { readonly sample: Sample; readonly profit: number }[]
  /** No plan on the grid is worth more: a certificate of quality that goes with every plan. */
  readonly bound: number
}

/** A uniform price at which the best per second just fill the night. */
const firstPrice = (samples: readonly Sample[], capacityS: number): number => {
  const density = samples
    .map(({ most, blockS }) => ({ per: most / blockS, blockS }))
    .toSorted((a, b) => b.per - a.per)
  let filled = 0
  for (const { per, blockS } of density) {
    filled += blockS
    if (filled > capacityS) return per * 0.9
  }
  return 0
}

// Those who lose so much of their worth at the first prices gain at none of the later ones, or the last round finds it.
const hopelessLoss = 0.5
// As the prices settle, at smaller losses: by round, while there are plenty.
const plenty = 400
const sifts: ReadonlyMap<number, number> = new Map([
  [3, 0.35],
  [8, 0.2],
  [16, 0.1],
])

const demand = (use: Float64Array, fromS: number, blockS: number): void => {
  const from = Math.max(0, fromS)
  const until = fromS + blockS
  const last = Math.min(use.length - 1, Math.floor(until / priceStepS))
  for (let s = Math.floor(from / priceStepS); s <= last; s++) {
    const begin = s * priceStepS
    use[s] = (use[s] ?? 0) + Math.min(until, begin + priceStepS) - Math.max(from, begin)
  }
}

/** What is sold whatever the tasks do: all time and all quota at their prices. */
const rentOf = ({ time, quota }: Prices, capacity: Float64Array, { quotas }: Problem): number => {
  let rent = 0
  for (let s = 0; s < time.length; s++) rent += (time[s] ?? 0) * (capacity[s] ?? 0)
  for (let g = 0; g < quota.length; g++) rent += (quota[g] ?? 0) * (quotas[g]?.leftS ?? 0)
  return rent
}

const demandAt = (prices: Prices, active: readonly Buyer[], setupS: number) => {
  const use = new Float64Array(prices.time.length)
  const charged = new Float64Array(prices.quota.length)
  const profits = new Float64Array(active.length)
  let gained = 0
  active.forEach((buyer, i) => {
    const { profit, startS } = bestOffer(buyer, prices)
    profits[i] = profit
    if (profit <= 0) return
    const { blockS, task } = buyer.sample
    gained += profit
    demand(use, startS - setupS, blockS)
    for (const group of task.groups) charged[group] = (charged[group] ?? 0) + task.chargeS
  })
  return { use, charged, profits, gained }
}

/**
 * Prices of time and quotas by which every task can be judged alone: Lagrangian relaxation, a given number of
 * subgradient steps. Tasks that are hopeless at the first prices sit out all rounds but the last.
 */
export const marketOf = (problem: Problem, rounds: number): Market => {
  const samples = samplesOf(problem)
  const setupS = leastSetupS(problem.setup)
  const capacity = capacityOf(problem)
  const first = firstPrice(
    samples,
    capacity.reduce((sum, s) => sum + s, 0),
  )
  const ascent = ascentOf(problem, capacity)
  let prices = priceOf(new Float64Array(capacity.length).fill(first), new Float64Array(problem.quotas.length))
  let best = { prices, bound: Number.POSITIVE_INFINITY }
  let active = samples
    .filter(({ most, blockS }) => most - first * blockS > -hopelessLoss * most)
    .map((sample) => buyerOf(sample, setupS, capacity.length))
  for (let round = 0; round < rounds; round++) {
    const { use, charged, profits, gained } = demandAt(prices, active, setupS)
    const bound = gained + rentOf(prices, capacity, problem)
    if (bound < best.bound) best = { prices, bound }
    const loss = sifts.get(round)
    if (loss !== undefined && active.length > plenty)
      active = active.filter(({ sample: { most } }, i) => (profits[i] ?? 0) > -loss * most)
    const next = ascent(prices, use, charged, bound, best.bound)
    if (!next) break
    prices = next
  }
  const offers = samples.map((sample) => ({
    sample,
    profit: bestProfit(sample, problem, best.prices, setupS),
  }))
  const gained = offers.reduce((sum, { profit }) => sum + Math.max(0, profit), 0)
  return { prices: best.prices, offers, bound: gained + rentOf(best.prices, capacity, problem) }
}
