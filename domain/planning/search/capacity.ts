import { priceStepS } from './prices.ts'
import type { Problem } from './problem.ts'

/**
 * Seconds of open telescope in each five minutes. The last is whole: a block in steps of the grid may reach beyond the
 * end of the night.
 */
export const capacityOf = ({ fromS, untilS, pinned }: Problem): Float64Array => {
  const capacity = new Float64Array(Math.ceil(untilS / priceStepS))
  for (let s = 0; s < capacity.length; s++) {
    const begin = s * priceStepS
    const share = (from: number, until: number) =>
      Math.max(0, Math.min(until, begin + priceStepS) - Math.max(from, begin))
    const taken = pinned.reduce((sum, { startS, endS }) => sum + share(startS, endS), 0)
    capacity[s] = Math.max(0, share(fromS, Number.POSITIVE_INFINITY) - taken)
  }
  return capacity
}
