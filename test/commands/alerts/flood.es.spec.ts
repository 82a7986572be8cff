import { it } from 'vitest'
import { floodWithARealOne } from '#test/support/alert-flood.ts'

it(
  'of a crowd of notices none is lost, and a real one among them does not wait for them',
  {
    timeout: 120_000,
  },
  () => floodWithARealOne(300),
)
