import { type Market, type Prices, priceStepS, quotaCost, type Sample, timeCost } from './prices.ts'
import type { Problem } from './problem.ts'
import { peakOf, qualityAt } from './quality.ts'

const exactBest = (
  { task, blockS }: Sample,
  from: number,
  until: number,
  problem: Problem,
  { prices, setupS }: Market,
  most: number,
): number => {
  let best = most
  const { gridS, rotation } = problem
  for (let atS = Math.ceil(from / gridS) * gridS; atS <= until; atS += gridS)
    best = Math.max(
      best,
      task.worth * qualityAt(task, atS, rotation) - timeCost(prices, blockS, atS - setupS),
    )
  return best
}

/** The least a stretch of time can cost between two starts: cost is piecewise linear, with a kink per boundary crossed. */
const leastCost = (blockS: number, from: number, until: number, prices: Prices): number => {
  let least = Math.min(timeCost(prices, blockS, from), timeCost(prices, blockS, until))
  for (const shift of [blockS, 0]) {
    let boundary = Math.ceil((from + shift) / priceStepS) * priceStepS
    for (; boundary < until + shift; boundary += priceStepS)
      least = Math.min(least, timeCost(prices, blockS, boundary - shift))
  }
  return least
}

/** What one task gains at most at the prices, over all starts on the grid. */
const bestProfit = (place: number, problem: Problem, market: Market): number => {
  const sample = market.samples[place]
  if (!sample) return 0
  const { task, starts, values } = sample
  const fixed = quotaCost(market.prices, task)
  let best = fixed
  for (let i = 0; i < starts.length; i++) {
    const from = starts[i] ?? 0
    const until = starts[i + 1] ?? from
    if (until < from || until - from > priceStepS) continue
    const peak = peakOf(task, from, problem.rotation)
    const high = peak > from && peak < until ? task.worth : Math.max(values[i] ?? 0, values[i + 1] ?? 0)
    if (high - leastCost(sample.blockS, from - market.setupS, until - market.setupS, market.prices) > best)
      best = exactBest(sample, from, until, problem, market, best)
  }
  return best - fixed
}

/** No plan on the grid is worth more: a certificate of quality that goes with every plan. */
export const dualBound = (problem: Problem, market: Market): number => {
  let bound = 0
  const { time, quota } = market.prices
  for (let s = 0; s < time.length; s++) bound += (time[s] ?? 0) * (market.capacity[s] ?? 0)
  for (let g = 0; g < quota.length; g++) bound += (quota[g] ?? 0) * (problem.quotas[g]?.leftS ?? 0)
  for (let place = 0; place < market.samples.length; place++)
    bound += Math.max(0, bestProfit(place, problem, market))
  return bound
}
