import { describe, expect, it } from 'vitest'
import { starters, startInOrder } from './start-order.ts'

/** Those who are needed first, and those who need them first; all 120 orders are in the long run. */
const orders = [starters, starters.toReversed()]

describe('P49 P50 W11 started in any order, all ends healthy', () => {
  it.each(orders.map((order, slot) => [order.join(', '), order, slot] as const))(
    '%s',
    async (_, order, slot) => {
      expect(await startInOrder(slot, order)).toEqual({ healthy: true, rowsGoOn: true })
    },
    120_000,
  )
})
