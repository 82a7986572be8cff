import { describe, expect, it } from 'vitest'
import { readPlanInput } from '#domain/planning/bad-input.ts'
import { inputsHash } from '#domain/planning/inputs-hash.ts'
import { randomNight } from '../../support/planner-nights.ts'

const given = randomNight({ count: 3, seed: 7 })

describe('the hash of a planner input', () => {
  it('is the same for the same input, whatever the order of its keys', () => {
    const { site, ...rest } = given
    expect(inputsHash(readPlanInput({ ...rest, site }))).toBe(inputsHash(readPlanInput(given)))
    expect(inputsHash(readPlanInput(given))).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    ['a rule', { rules: { gridS: 60 } }],
    [
      'a closure',
      { closures: [{ from: '2026-12-13T05:00:00Z', until: '2026-12-13T06:00:00Z', why: 'rain' }] },
    ],
    ['a candidate', { candidates: given.candidates.slice(1) }],
    ['now', { from: '2026-12-13T05:00:00Z' }],
  ])('is another with %s changed', (_, changed) =>
    expect(inputsHash(readPlanInput({ ...given, ...changed }))).not.toBe(inputsHash(readPlanInput(given))),
  )
})
