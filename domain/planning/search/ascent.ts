import { type Prices, priceOf, priceStepS } from './prices.ts'
import type { Problem } from './problem.ts'

// Found by trying on the nights with proven bounds: how far below the best bound the steps aim at first, how that fades,
// how much of each step is new, and how much faster quota prices move than those of time.
const firstReach = 0.3
const fade = 0.94
const fresh = 0.8
const quotaPace = 4

/** The next prices, from what was asked for at these; null when nothing is asked for in excess or left over at a price. */
export type Ascent = (
  prices: Prices,
  use: Float64Array,
  charged: Float64Array,
  bound: number,
  best: number,
  round: number,
) => Prices | null

/** Steps against the subgradient, deflected by the steps before. */
export const ascentOf = ({ quotas }: Problem, capacity: Float64Array): Ascent => {
  const driftTime = new Float64Array(capacity.length)
  const driftQuota = new Float64Array(quotas.length)
  const leftOf = (group: number): number => Math.max(1, quotas[group]?.leftS ?? 1)
  const blended = (before: number, slope: number): number => (1 - fresh) * before + fresh * slope

  return ({ time, quota }, use, charged, bound, best, round) => {
    let norm = 0
    for (let s = 0; s < time.length; s++) {
      const drift = blended(driftTime[s] ?? 0, (use[s] ?? 0) - (capacity[s] ?? 0))
      driftTime[s] = drift
      norm += drift ** 2 / priceStepS
    }
    for (let g = 0; g < quota.length; g++) {
      const slope = (charged[g] ?? 0) - leftOf(g)
      // A quota that is neither priced nor exceeded pulls nothing.
      const drift = slope < 0 && (quota[g] ?? 0) === 0 ? 0 : blended(driftQuota[g] ?? 0, slope)
      driftQuota[g] = drift
      norm += (drift ** 2 * quotaPace) / leftOf(g)
    }
    if (norm === 0) return null
    const step = (bound - best * (1 - firstReach * fade ** round)) / norm
    return priceOf(
      time.map((price, s) => Math.max(0, price + (step * (driftTime[s] ?? 0)) / priceStepS)),
      quota.map((price, g) => Math.max(0, price + (step * quotaPace * (driftQuota[g] ?? 0)) / leftOf(g))),
    )
  }
}
