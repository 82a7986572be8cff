import { describe, expect, it } from 'vitest'
import { LaneFull, makeLane } from '#api/auth/lane.ts'

describe('a lane', () => {
  it('lets so many go, so many wait in turn, and turns the rest away', async () => {
    const lane = makeLane(2, 3)
    let going = 0
    let most = 0
    const done: number[] = []
    const gates = Array.from({ length: 6 }, () => Promise.withResolvers<void>())
    const works = gates.map((gate, i) =>
      lane(async () => {
        most = Math.max(most, ++going)
        await gate.promise
        going -= 1
        done.push(i)
      }),
    )
    await expect(works[5]).rejects.toBeInstanceOf(LaneFull)
    for (const { resolve } of gates) resolve()
    await Promise.all(works.slice(0, 5))
    expect([most, done]).toEqual([2, [0, 1, 2, 3, 4]])
    expect(await lane(async () => 'free again')).toBe('free again')
  })

  it('goes on after work that failed', async () => {
    const lane = makeLane(1, 5)
    const failed = lane(() => Promise.reject(new Error('no')))
    const next = lane(async () => 'yes')
    await expect(failed).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})
