import { it } from 'vitest'
import { floodWithARealOne } from '#test/support/alert-flood.ts'

it('of a flood of notices none is lost, and a real one among them does not wait for them', () =>
  floodWithARealOne(400))
