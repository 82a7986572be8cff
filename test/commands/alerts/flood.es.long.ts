import { it } from 'vitest'
import { floodWithARealOne } from '#test/support/alert-flood.ts'

it(
  'of 10,000 notices none is lost, and a real one among them does not wait for them',
  {
    timeout: 600_000,
  },
  () => floodWithARealOne(10_000),
)
