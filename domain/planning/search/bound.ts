import { type Market, priceStepS, quotaCost, type Sample, timeCost } from './prices.ts'
import type { Problem } from './problem.ts'
import { peakOf, qualityAt } from './quality.ts'
import { lastStartOf } from './task.ts'

const exactBest = (
  { task, blockS }: Sample,
  from: number,
  until: number,
  { gridS, rotation }: Problem,
  { prices, setupS }: Market,
  most: number,
): number => {
  let best = most
  for (let atS = Math.ceil(from / gridS) * gridS; atS <= until; atS += gridS)
    best = Math.max(
      best,
      task.worth * qualityAt(task, atS, rotation) - timeCost(prices, blockS, atS - setupS),
    )
  return best
}

/**
 * What one task gains at most at the prices, over all starts on the grid. Between two samples its cost is linear and
 * its worth has no peak but one, so that most stretches are ruled out by their ends.
 */
const bestProfit = (sample: Sample, problem: Problem, market: Market): number => {
  const { task, blockS, starts, values } = sample
  const { prices, setupS } = market
  const fixed = quotaCost(prices, task)
  const cost = (atS: number) => timeCost(prices, blockS, atS - setupS)
  // Within a night there is one culmination; the one nearest to the middle of the windows.
  const peak = peakOf(task, ((task.starts[0]?.[0] ?? 0) + lastStartOf(task)) / 2, problem.rotation)
  let best = fixed
  let costFrom = cost(starts[0] ?? 0)
  for (let i = 0; i < starts.length; i++) {
    const from = starts[i] ?? 0
    const until = starts[i + 1] ?? from
    const costUntil = until === from ? costFrom : cost(until)
    const least = Math.min(costFrom, costUntil)
    costFrom = costUntil
    if (until < from || until - from > priceStepS) continue
    const high = peak > from && peak < until ? task.worth : Math.max(values[i] ?? 0, values[i + 1] ?? 0)
    if (high - least > best) best = exactBest(sample, from, until, problem, market, best)
  }
  return best - fixed
}

/** No plan on the grid is worth more: a certificate of quality that goes with every plan. */
export const dualBound = (problem: Problem, market: Market): number => {
  const { time, quota } = market.prices
  let bound = 0
  for (let s = 0; s < time.length; s++) bound += (time[s] ?? 0) * (market.capacity[s] ?? 0)
  for (let g = 0; g < quota.length; g++) bound += (quota[g] ?? 0) * (problem.quotas[g]?.leftS ?? 0)
  for (const sample of market.samples) bound += Math.max(0, bestProfit(sample, problem, market))
  return bound
}
