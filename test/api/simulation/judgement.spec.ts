import { describe, expect, it } from 'vitest'
import { judgeNight } from '#api/simulation/judgement.ts'
import { closingAllowedS, RoofGuard } from '#api/simulation/roof-guard.ts'
import { expectationsSchema } from '#simulators/night-expectations.ts'

const failing = (expected: unknown, night: Partial<Parameters<typeof judgeNight>[1]>) =>
  judgeNight(expectationsSchema.parse(expected), {
    unsafeOpenS: 0,
    longestClosingS: 0,
    closed: true,
    events: new Map(),
    ...night,
  })
    .filter(({ holds }) => !holds)
    .map(({ text }) => text)

describe('the judgement of a simulated night', () => {
  it('W17 expects a dome that was never open when it should not, and is closed at the end, whatever else', () => {
    expect(failing({}, {})).toEqual([])
    expect(failing({}, { unsafeOpenS: 3 })).toHaveLength(1)
    expect(failing({}, { closed: false })).toHaveLength(1)
    expect(failing({ endsClosed: false }, { closed: false })).toEqual([])
  })

  it('counts events, exactly or within bounds', () => {
    const events = new Map([['PlcLinkLost', 2]])
    expect(failing({ events: { PlcLinkLost: 2 } }, { events })).toEqual([])
    expect(failing({ events: { PlcLinkLost: { atLeast: 1, atMost: 3 } } }, { events })).toEqual([])
    expect(failing({ events: { PlcLinkLost: 1, TriggerOpened: { atLeast: 1 } } }, { events })).toEqual([
      'PlcLinkLost: 2, expected 1',
      'TriggerOpened: 0, expected at least 1',
    ])
  })
})

describe('the guard of the roof', () => {
  const look = (...looks: readonly (readonly [number, number, 'safe' | 'warn' | 'unsafe' | null])[]) => {
    const guard = new RoofGuard()
    for (const [s, percent, verdict] of looks) guard.look(s * 1000, percent, verdict)
    return guard.guarded()
  }

  it('lets closing take its time and counts what is beyond it', () => {
    expect(look([0, 100, 'safe'], [10, 100, 'unsafe'], [50, 0, 'unsafe'])).toEqual({
      unsafeOpenS: 0,
      longestClosingS: 40,
      closed: true,
    })
    const late = closingAllowedS + 20
    expect(look([0, 100, 'unsafe'], [late, 100, 'unsafe'], [late + 10, 0, 'unsafe']).unsafeOpenS).toBe(30)
  })

  it('counts an unknown verdict as a bad one, and a warning not', () => {
    expect(look([0, 100, null], [closingAllowedS + 5, 100, null]).unsafeOpenS).toBe(5)
    expect(look([0, 100, 'warn'], [1000, 100, 'warn']).unsafeOpenS).toBe(0)
  })
})
