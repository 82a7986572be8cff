import { expect, it } from 'vitest'
import { FairTurns } from '#commands/alerts/sources/fair-turns.ts'

/** Lets everybody in who asks, one after the other, and says in which order their turns came. */
const orderOf = async (crowds: readonly string[], atOnce: number): Promise<string[]> => {
  const turns = new FairTurns(atOnce)
  const order: string[] = []
  await Promise.all(
    crowds.map(async (crowd, index) => {
      await turns.enter(crowd)
      order.push(`${crowd}${index}`)
      // As long as it takes to let the others ask.
      await Promise.resolve()
      turns.leave()
    }),
  )
  return order
}

it('crowds take turns, and within a crowd the first comes first', async () => {
  expect(await orderOf(['a', 'a', 'a', 'a', 'b', 'c', 'b'], 1)).toEqual([
    'a0',
    'a1',
    'b4',
    'c5',
    'a2',
    'b6',
    'a3',
  ])
})

it('one who comes after ten thousand of a crowd waits for those at work and one more', async () => {
  const order = await orderOf([...Array.from({ length: 10_000 }, () => 'flood'), 'real'], 32)
  expect(order).toHaveLength(10_001)
  expect(order.indexOf('real10000')).toBeLessThanOrEqual(33)
})

it('never more than so many at work, and everybody has a turn', async () => {
  const turns = new FairTurns(3)
  let atWork = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      await turns.enter(`${n % 4}`)
      atWork += 1
      most = Math.max(most, atWork)
      await new Promise((resolve) => setImmediate(resolve))
      atWork -= 1
      turns.leave()
    }),
  )
  expect(most).toBe(3)
})
