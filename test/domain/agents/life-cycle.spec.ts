import { describe, expect, it } from 'vitest'
import {
  type LifeInput,
  type LifeState,
  lifeAfter,
  lifeInputs,
  lifeStates,
} from '#domain/agents/life-cycle.ts'

const table: Readonly<Record<LifeState, readonly LifeState[]>> = {
  // initialize, activate, deactivate, terminate
  INIT: ['READY', 'ERROR', 'ERROR', 'ERROR'],
  READY: ['ERROR', 'ACTIVE', 'ERROR', 'TERMINATED'],
  ACTIVE: ['ERROR', 'ERROR', 'READY', 'TERMINATED'],
  TERMINATED: ['ERROR', 'ERROR', 'ERROR', 'ERROR'],
  ERROR: ['ERROR', 'ERROR', 'ERROR', 'ERROR'],
}

const cases = lifeStates.flatMap((state) =>
  lifeInputs.map((input, i): [LifeState, LifeInput, LifeState | undefined] => [
    state,
    input,
    table[state][i],
  ]),
)

describe('the life cycle', () => {
  it.each(cases)('I1 leads from %s by %s to %s', (state, input, next) =>
    expect(lifeAfter(state, input)).toBe(next),
  )
})
