import { describe, it } from 'vitest'
import { type Starter, starters, startInOrder } from './start-order.ts'

const permutations = (of: readonly Starter[]): Starter[][] =>
  of.length === 0
    ? [[]]
    : of.flatMap((first) =>
        permutations(of.filter((other) => other !== first)).map((rest) => [first, ...rest]),
      )

describe.concurrent('P49 P50 W11 started in any order, all ends healthy', () => {
  for (const [i, order] of permutations(starters).entries()) {
    it(order.join(', '), { timeout: 120_000 }, async ({ expect }) => {
      expect(await startInOrder(i + 10, order)).toEqual({ healthy: true, rowsGoOn: true })
    })
  }
})
