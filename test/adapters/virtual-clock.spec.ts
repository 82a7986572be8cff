import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'

const start = Date.UTC(2026, 10, 21, 20)
const never = (): never => {
  throw new Error('it should not have come to this')
}

describe('the virtual clock', () => {
  it('wakes sleepers in order of their time, ties in order of calling', async () => {
    const clock = new VirtualClock(start)
    const woken: string[] = []
    const sleeper = (name: string, after: number) =>
      clock.sleepUntil(start + after).then(() => woken.push(`${name} at ${clock.now() - start}`))
    sleeper('late', 30)
    sleeper('first of two', 20)
    sleeper('early', 10)
    sleeper('second of two', 20)
    await clock.advanceBy(25)
    expect(woken).toEqual(['early at 10', 'first of two at 20', 'second of two at 20'])
    expect(clock.now()).toBe(start + 25)
    expect(clock.pending()).toBe(1)
  })

  it('lets a whole chain of promises settle before the next sleeper wakes', async () => {
    const clock = new VirtualClock(start)
    const said: string[] = []
    const first = async () => {
      await clock.sleepUntil(start + 1)
      for (let i = 0; i < 1000; i += 1) await undefined
      said.push('first is done')
    }
    const second = async () => {
      await clock.sleepUntil(start + 1)
      said.push('second wakes')
    }
    const both = Promise.all([first(), second()])
    await clock.advanceBy(1)
    await both
    expect(said).toEqual(['first is done', 'second wakes'])
  })

  it('drives a loop that goes to sleep again, through a night of 43,200 seconds', async () => {
    const clock = new VirtualClock(start)
    const ticks: number[] = []
    const loop = async () => {
      for (let due = start + 2000; ; due += 2000) {
        await clock.sleepUntil(due)
        ticks.push(clock.now())
      }
    }
    loop()
    await clock.advanceTo(start + 43_200_000)
    expect(ticks).toHaveLength(21_600)
    expect(ticks.every((tick, i) => tick === start + (i + 1) * 2000)).toBe(true)
  })

  it('does not move while somebody holds it, though a real socket takes its time', async () => {
    const clock = new VirtualClock(start)
    const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : never()
    const answeredAt: number[] = []
    const poll = async () => {
      for (let due = start + 1000; due <= start + 20_000; due += 1000) {
        await clock.sleepUntil(due)
        await clock.holding('poll', async () => {
          const socket = connect(port, '127.0.0.1')
          socket.write('?')
          await once(socket, 'data')
          socket.destroy()
          await once(socket, 'close')
        })
        answeredAt.push(clock.now() - start)
      }
    }
    const polling = poll()
    await clock.advanceBy(20_000)
    await polling
    expect(answeredAt).toEqual(Array.from({ length: 20 }, (_, i) => (i + 1) * 1000))
    server.close()
    await once(server, 'close')
  })

  it('says who holds it, and a release counts once', async () => {
    const clock = new VirtualClock(start)
    const release = clock.hold('the planner')
    clock.hold('the dome')()
    expect(clock.held()).toEqual(['the planner'])
    const advanced = clock.advanceBy(10)
    expect(clock.now()).toBe(start)
    release()
    release()
    await advanced
    expect(clock.now()).toBe(start + 10)
    expect(clock.held()).toEqual([])
  })

  it('stops early once what it waits for is so', async () => {
    const clock = new VirtualClock(start)
    let rings = 0
    for (const at of [10, 20, 30]) clock.sleepUntil(start + at).then(() => (rings += 1))
    expect(await clock.runUntil(start + 100, () => rings === 2)).toBe(start + 20)
    expect(await clock.runUntil(start + 100)).toBe(start + 100)
    expect(rings).toBe(3)
  })

  it('wakes at once who sleeps until now or the past', async () => {
    const clock = new VirtualClock(start)
    await clock.sleepUntil(start)
    await clock.sleepUntil(start - 1)
    expect(clock.pending()).toBe(0)
  })

  it('rejects with the reason of an aborted signal, before and during sleep', async () => {
    const clock = new VirtualClock(start)
    const stopping = new AbortController()
    const asleep = clock.sleepUntil(start + 10, stopping.signal)
    const other = clock.sleepUntil(start + 10)
    stopping.abort(new Error('the night is over'))
    await expect(asleep).rejects.toThrow('the night is over')
    await expect(clock.sleepUntil(start + 20, stopping.signal)).rejects.toThrow('the night is over')
    expect(clock.pending()).toBe(1)
    await clock.advanceBy(10)
    await other
  })

  it('refuses to go back, and to be driven from two places', async () => {
    const clock = new VirtualClock(start)
    await expect(clock.advanceTo(start - 1)).rejects.toThrow(RangeError)
    const advanced = clock.advanceBy(1)
    await expect(clock.advanceBy(1)).rejects.toThrow('driven already')
    await advanced
  })
})
