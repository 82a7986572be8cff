import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { Router } from '#api/live/router.ts'

const tick = { sender: 'timer', event: 'tick' } as const

/** A router with the timer as its sender, and listeners that remember. */
const begun = () => {
  const router = new Router(new VirtualClock(0))
  const timer = { sender: 'timer', events: { tick: z.int() } }
  const sender = router.register(timer)
  const listen = () => {
    const heard: unknown[] = []
    const stop = router.listen({ wants: [tick], hear: (item) => heard.push(item.cloud().data) })
    return { heard, stop }
  }
  return { router, timer, sender, listen }
}

describe('what one sender says to many', () => {
  it('K6 I23 reaches each of them, and nobody hears what was said before', () => {
    const { sender, listen } = begun()
    const [one, other] = [listen(), listen()]
    sender.fire('tick', 1)
    const late = listen()
    sender.fire('tick', 2)
    expect([one.heard, other.heard, late.heard]).toEqual([[1, 2], [1, 2], [2]])
  })

  it('K6 is said by one of that name: a second is refused until the first has left', () => {
    const { router, timer, sender } = begun()
    expect(() => router.register(timer)).toThrow('timer is connected already')
    sender.leave()
    expect(() => router.register(timer)).not.toThrow()
  })

  it('K7 K15 goes on when a listener leaves, and listeners stay when a sender leaves', () => {
    const { router, timer, sender, listen } = begun()
    const [one, other] = [listen(), listen()]
    one.stop()
    sender.fire('tick', 1)
    sender.leave()
    router.register(timer).fire('tick', 2)
    expect([one.heard, other.heard]).toEqual([[], [1, 2]])
  })

  it('K3 and is heard by nobody, is counted', () => {
    const { router, sender, listen } = begun()
    const before = router.unheard
    sender.fire('tick', 1)
    const one = listen()
    sender.fire('tick', 2)
    one.stop()
    sender.fire('tick', 3)
    expect(router.unheard - before).toBe(2)
  })
})
