import type { Task } from './task.ts'

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
