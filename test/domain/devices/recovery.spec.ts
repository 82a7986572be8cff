import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { recoverySteps } from '#domain/devices/closing.ts'
import { recoveryStep } from '#domain/devices/recovery.ts'

const well = { lostForS: null, failedInARow: 0, stepsTaken: 0 }

describe('the ladder of telescope and cameras', () => {
  it.each([
    ['a line that is lost for less than a minute', { ...well, lostForS: 59 }, null],
    ['a line that is lost for a minute', { ...well, lostForS: 60 }, 'reconnect'],
    ['a line that is still lost a step later', { ...well, lostForS: 125, stepsTaken: 1 }, 'reset'],
    ['a step that has been taken', { ...well, lostForS: 100, stepsTaken: 1 }, null],
    ['one command that failed', { ...well, failedInARow: 1 }, null],
    ['two that failed in a row', { ...well, failedInARow: 2 }, 'reconnect'],
    ['four', { ...well, failedInARow: 4, stepsTaken: 2 }, 'power-cycle'],
    ['the end of it', { ...well, lostForS: 5_000, stepsTaken: 4 }, null],
  ] as const)('%s', (_, ailing, step) => {
    expect(recoveryStep(ailing)).toBe(step)
  })

  test.prop([
    fc.array(fc.record({ lostForS: fc.option(fc.integer({ min: 0, max: 5_000 })), failedInARow: fc.nat(9) })),
  ])('climbs in order, one step at a time, and never beyond its end', (looks) => {
    const taken: string[] = []
    for (const look of looks) {
      const step = recoveryStep({ ...look, stepsTaken: taken.length })
      if (step) taken.push(step)
    }
    expect(taken).toEqual(recoverySteps.slice(0, taken.length))
  })
})
