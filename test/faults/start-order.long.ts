import { describe, expect, it } from 'vitest'
import { type Starter, starters, startInOrder } from './start-order.ts'

const permutations = (of: readonly Starter[]): Starter[][] =>
  of.length === 0
    ? [[]]
    : of.flatMap((first) =>
        permutations(of.filter((other) => other !== first)).map((rest) => [first, ...rest]),
      )

describe('P49 P50 W11 started in any order, all ends healthy', () => {
  it.each(permutations(starters).map((order) => [order.join(', '), order] as const))(
    '%s',
    async (_, order) => {
      expect(await startInOrder(order)).toEqual({ healthy: true, rowsGoOn: true })
    },
    120_000,
  )
})
