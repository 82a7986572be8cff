import { type Prices, priceOf, priceStepS } from './prices.ts'
import type { Problem } from './problem.ts'

// Found by trying on nights with proven bounds and on random ones: how far below the best bound a step aims at first, how
// that shrinks when a step gains nothing, how much of each step is new, and how much faster quota prices move than those
// of time.
const firstReach = 0.08
const shrink = 0.85
const fresh = 0.9
const quotaPace = 4
const gain = 1e-5

/** The next prices, from what was asked for at these; null when nothing is asked for in excess or left over at a price. */
export type Ascent = (
  prices: Prices,
  use: Float64Array,
  charged: Float64Array,
  bound: number,
  best: number,
) => Prices | null

/** Steps against the subgradient, deflected by the steps before. */
export const ascentOf = ({ quotas }: Problem, capacity: Float64Array): Ascent => {
  const driftTime = new Float64Array(capacity.length)
  const driftQuota = new Float64Array(quotas.length)
  const leftOf = (group: number): number => Math.max(1, quotas[group]?.leftS ?? 1)
  const blended = (before: number, slope: number): number => (1 - fresh) * before + fresh * slope
  let reach = firstReach
  let known = Number.POSITIVE_INFINITY

  return ({ time, quota }, use, charged, bound, best) => {
    if (bound < known * (1 - gain)) known = bound
    else reach *= shrink
    let norm = 0
    for (let s = 0; s < time.length; s++) {
      const slope = (use[s] ?? 0) - (capacity[s] ?? 0)
      // What is neither priced nor exceeded pulls nothing.
      const drift = slope < 0 && (time[s] ?? 0) === 0 ? 0 : blended(driftTime[s] ?? 0, slope)
      driftTime[s] = drift
      norm += drift ** 2 / priceStepS
    }
    for (let g = 0; g < quota.length; g++) {
      const slope = (charged[g] ?? 0) - leftOf(g)
      const drift = slope < 0 && (quota[g] ?? 0) === 0 ? 0 : blended(driftQuota[g] ?? 0, slope)
      driftQuota[g] = drift
      norm += (drift ** 2 * quotaPace) / leftOf(g)
    }
    if (norm === 0) return null
    const step = (bound - best * (1 - reach)) / norm
    return priceOf(
      time.map((price, s) => Math.max(0, price + (step * (driftTime[s] ?? 0)) / priceStepS)),
      quota.map((price, g) => Math.max(0, price + (step * quotaPace * (driftQuota[g] ?? 0)) / leftOf(g))),
    )
  }
}
