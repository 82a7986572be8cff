import { type Prices, priceStepS, quotaCost } from './prices.ts'
import type { Sample } from './sample.ts'

/** A task that looks for its best start round after round: where the blocks of its samples begin and end is worked out once. */
export type Buyer = {
  readonly sample: Sample
  /** Number of the five minutes in which the block of each sample begins and ends, and how far into them. */
  readonly beginStep: Int32Array
  readonly beginRestS: Float64Array
  readonly endStep: Int32Array
  readonly endRestS: Float64Array
}

export const buyerOf = (sample: Sample, setupS: number, steps: number): Buyer => {
  const { starts, blockS } = sample
  const count = starts.length
  const beginStep = new Int32Array(count)
  const beginRestS = new Float64Array(count)
  const endStep = new Int32Array(count)
  const endRestS = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const begin = Math.max(0, (starts[i] ?? 0) - setupS)
    const end = Math.max(0, (starts[i] ?? 0) - setupS + blockS)
    const from = Math.min(steps, Math.floor(begin / priceStepS))
    const until = Math.min(steps, Math.floor(end / priceStepS))
    beginStep[i] = from
    beginRestS[i] = begin - from * priceStepS
    endStep[i] = until
    endRestS[i] = end - until * priceStepS
  }
  return { sample, beginStep, beginRestS, endStep, endRestS }
}

/** The sample at which a buyer gains the most at these prices, and how much. */
export const bestOffer = (
  { sample, beginStep, beginRestS, endStep, endRestS }: Buyer,
  prices: Prices,
): { readonly profit: number; readonly startS: number } => {
  const { values, starts } = sample
  const { spent, time } = prices
  let profit = Number.NEGATIVE_INFINITY
  let best = 0
  for (let i = 0; i < values.length; i++) {
    const begin = beginStep[i] ?? 0
    const end = endStep[i] ?? 0
    // Beyond the last five minutes nothing is charged.
    const until = (spent[end] ?? 0) + (time[end] ?? 0) * (endRestS[i] ?? 0)
    const from = (spent[begin] ?? 0) + (time[begin] ?? 0) * (beginRestS[i] ?? 0)
    const gain = (values[i] ?? 0) - until + from
    if (gain > profit) {
      profit = gain
      best = i
    }
  }
  return { profit: profit - quotaCost(prices, sample.task), startS: starts[best] ?? 0 }
}
