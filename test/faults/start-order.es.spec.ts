import { describe, expect, it } from 'vitest'
import { type Starter, starters, startInOrder } from './start-order.ts'

/** Each of the five first once, each last once; all 120 orders are in the long run. */
const rotations = starters.map((_, i): Starter[] => [...starters.slice(i), ...starters.slice(0, i)])

describe('P49 P50 W11 started in any order, all ends healthy', () => {
  it.each(rotations.map((order) => [order.join(', '), order] as const))('%s', async (_, order) => {
    expect(await startInOrder(order)).toEqual({ healthy: true, rowsGoOn: true })
  })
})
