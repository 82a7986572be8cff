import { describe, it } from 'vitest'
import { type Starter, starters, startInOrder } from './start-order.ts'

const permutations = (of: readonly Starter[]): Starter[][] =>
  of.length === 0
    ? [[]]
    : of.flatMap((first) =>
        permutations(of.filter((other) => other !== first)).map((rest) => [first, ...rest]),
      )

// Every tenth of the 120, spread over who comes first: all of them would take twenty minutes.
const orders = permutations(starters).filter((_, i) => i % 10 === 0)

describe.concurrent('P49 P50 W11 started in twelve orders, all ends healthy', () => {
  for (const [i, order] of orders.entries()) {
    it(order.join(', '), { timeout: 240_000 }, async ({ expect }) => {
      expect(await startInOrder(i + 10, order)).toEqual({ healthy: true, rowsGoOn: true })
    })
  }
})
