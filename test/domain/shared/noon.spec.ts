import { describe, expect, it } from 'vitest'
import { nextAt } from '#domain/shared/clock-time.ts'
import { nightOf } from '#domain/shared/night.ts'
import { nightSpan } from '#domain/shared/noon.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { wallClock } from '#domain/shared/wall-clock.ts'

describe('when a night is', () => {
  it.each([
    ['America/Tijuana', '2026-11-20', '2026-11-20T20:00:00.000Z', '2026-11-21T20:00:00.000Z'],
    [
      'America/Tijuana, the clocks put forward',
      '2026-03-07',
      '2026-03-07T20:00:00.000Z',
      '2026-03-08T19:00:00.000Z',
    ],
    [
      'America/Tijuana, the clocks put back',
      '2026-10-31',
      '2026-10-31T19:00:00.000Z',
      '2026-11-01T20:00:00.000Z',
    ],
    ['Pacific/Chatham', '2026-11-20', '2026-11-19T22:15:00.000Z', '2026-11-20T22:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-20', '2026-11-19T22:00:00.000Z', '2026-11-20T22:00:00.000Z'],
  ])('in %s, %s', (where, night, begins, ends) => {
    const [zone = ''] = where.split(',')
    expect(nightSpan(night, zone)).toEqual({ begins, ends })
    expect(nightOf(begins, zone)).toBe(night)
    expect(nightOf(addSeconds(ends, -1), zone)).toBe(night)
    expect(nightOf(ends, zone)).not.toBe(night)
  })

  it('shows what the clock on the wall shows', () =>
    expect(wallClock('2026-11-21T03:12:05.600Z', 'America/Tijuana')).toBe('2026-11-20 19:12:05'))
})

describe('a time of day in a night', () => {
  const noon = '2026-11-20T20:00:00.000Z'
  it.each([
    ['20:00', '2026-11-20T20:00:00.000Z'],
    ['23:59:59', '2026-11-20T23:59:59.000Z'],
    ['03:12', '2026-11-21T03:12:00.000Z'],
    ['19:59', '2026-11-21T19:59:00.000Z'],
  ])('%s is the first one from noon on', (text, instant) => expect(nextAt(text, noon)).toBe(instant))

  it.each(['24:00', '3:12', '03:60', 'noon', ''])('%s is none', (text) =>
    expect(nextAt(text, noon)).toBeNull(),
  )
})
