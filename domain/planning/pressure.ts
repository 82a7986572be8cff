import { priceStepS } from './search/prices.ts'
import type { Stage } from './stages.ts'

/** What a minute of the telescope is worth from an instant on: where it is low, a request is easily planned. */
export type Pressure = { readonly at: string; readonly pricePerMinute: number }

const everyS = 900

/** The price of time through the night, by quarters of an hour; of several tiers the highest price. */
export const pressureOf = (stages: readonly Stage[], at: (seconds: number) => string): Pressure[] => {
  const curves = stages.map(({ solution }) => solution.space.market.prices.time)
  const steps = everyS / priceStepS
  const count = Math.ceil(Math.max(0, ...curves.map((curve) => curve.length)) / steps)
  return Array.from({ length: count }, (_, i) => {
    const means = curves.map((curve) => {
      const part = curve.subarray(i * steps, (i + 1) * steps)
      return part.reduce((sum, price) => sum + price, 0) / Math.max(1, part.length)
    })
    return { at: at(i * everyS), pricePerMinute: Number((60 * Math.max(0, ...means)).toPrecision(4)) }
  })
}
