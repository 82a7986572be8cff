import { type Prices, priceStepS, quotaCost, timeCost } from './prices.ts'
import type { Problem } from './problem.ts'
import { peakOf, qualityAt } from './quality.ts'
import type { Sample } from './sample.ts'
import { lastStartOf } from './task.ts'

const exactBest = (
  { task, blockS }: Sample,
  from: number,
  until: number,
  { gridS, rotation }: Problem,
  prices: Prices,
  setupS: number,
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
export const bestProfit = (sample: Sample, problem: Problem, prices: Prices, setupS: number): number => {
  const { task, blockS, starts, values } = sample
  const fixed = quotaCost(prices, task)
  const cost = (atS: number) => timeCost(prices, blockS, atS - setupS)
  // Within a night there is one culmination; the one nearest to the middle of the windows.
  const peak = peakOf(task, ((task.starts[0]?.[0] ?? 0) + lastStartOf(task)) / 2, problem.rotation)
  let best = fixed
  let sampled = Number.NEGATIVE_INFINITY
  let costUntil = cost(starts[0] ?? 0)
  for (let i = 0; i < starts.length; i++) {
    const costFrom = costUntil
    const from = starts[i] ?? 0
    const until = starts[i + 1] ?? from
    if (until !== from) costUntil = cost(until)
    sampled = Math.max(sampled, (values[i] ?? 0) - costFrom)
    if (until < from || until - from > priceStepS) continue
    const high = peak > from && peak < until ? task.worth : Math.max(values[i] ?? 0, values[i + 1] ?? 0)
    const least = Math.min(costFrom, costUntil)
    if (high - least > best) best = exactBest(sample, from, until, problem, prices, setupS, best)
  }
  // The loss of those who lose is told by the samples alone: it decides nothing.
  return (best > fixed ? best : Math.min(sampled, fixed)) - fixed
}
