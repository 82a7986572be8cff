import { describe, expect, it } from 'vitest'
import { Attempts } from '#api/auth/attempts.ts'

const ana = (address = '192.0.2.1') => ({ user: 'ana', address })

/** How long each of some attempts at one moment has to wait. */
const waits = (attempts: Attempts, count: number, nowMs: number, keys = ana()) =>
  Array.from({ length: count }, () => attempts.take(keys, nowMs))

describe('attempts at the sign-in', () => {
  it('are free at first, then each doubles the wait, up to a minute', () => {
    const attempts = new Attempts()
    expect(waits(attempts, 6, 0)).toEqual([0, 0, 0, 0, 0, 1_000])
    let nowMs = 0
    const waited: number[] = []
    for (let i = 0; i < 8; i++) {
      const wait = attempts.take(ana(), nowMs)
      waited.push(wait)
      nowMs += wait
      expect(attempts.take(ana(), nowMs)).toBe(0)
    }
    expect(waited).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  it('are slowed by address as well, whoever is tried', () => {
    const attempts = new Attempts()
    const tried = Array.from({ length: 25 }, (_, i) =>
      attempts.take({ user: `user-${i}`, address: '192.0.2.1' }, 0),
    )
    expect(tried.filter((wait) => wait === 0)).toHaveLength(20)
    expect(attempts.take({ user: 'user-0', address: '192.0.2.2' }, 0)).toBe(0)
  })

  it('begin anew after a right one, and after an hour', () => {
    const attempts = new Attempts()
    waits(attempts, 4, 0)
    attempts.succeeded(ana())
    expect(waits(attempts, 5, 0)).toEqual([0, 0, 0, 0, 0])
    expect(attempts.take(ana(), 0)).toBe(1_000)
    expect(attempts.take(ana(), 3_600_000)).toBe(0)
  })

  it('are given back where they were never judged', () => {
    const attempts = new Attempts()
    for (let i = 0; i < 100; i++) {
      expect(attempts.take(ana(), 0)).toBe(0)
      attempts.undone(ana())
    }
  })

  it('are remembered for so many only, the newest', () => {
    const attempts = new Attempts(4)
    waits(attempts, 5, 0)
    attempts.take({ user: 'bob', address: '192.0.2.2' }, 0)
    expect(attempts.take(ana(), 0)).toBe(1_000)
    attempts.take({ user: 'cy', address: '192.0.2.3' }, 0)
    attempts.take({ user: 'dee', address: '192.0.2.4' }, 0)
    expect(attempts.take(ana(), 0)).toBe(0)
  })
})
