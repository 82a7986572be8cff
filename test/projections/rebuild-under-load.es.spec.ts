import { expect, it } from 'vitest'
import { rebuildUnderLoad } from './rebuild-under-load.ts'

const total = 3_000

it('two rebuilds while eight writers write: no event lost, none doubled, and no reader sees less than before', async () =>
  expect(await rebuildUnderLoad(total)).toEqual({
    rows: total,
    keys: total,
    outcomes: ['swapped', 'swapped'],
    oddSights: 0,
  }))
