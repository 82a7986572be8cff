import { expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { ClientLine, type LineLimits, type Outlet } from '#api/live/client-line.ts'

/** A socket that takes nothing more once it has `room` bytes, until it drains. */
const outletOf = (room: number) => {
  let free = room
  let onDrain = () => {}
  const written: string[] = []
  const state = { ended: false, destroyed: false }
  const outlet: Outlet = {
    write: (bytes) => {
      written.push(bytes.toString())
      free -= bytes.length
      return free > 0
    },
    once: (_, listener) => {
      onDrain = listener
    },
    end: () => {
      state.ended = true
    },
    destroy: () => {
      state.destroyed = true
    },
  }
  const drain = (more: number) => {
    free = more
    onDrain()
  }
  return { outlet, written, state, drain }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
const place = (n: number) => ({ commit: BigInt(n), prepare: BigInt(n) })
const limits: LineLimits = { mostItems: 4, mostBytes: 100, stalledMs: 1_000 }

const lineOf = (room: number, given = limits) => {
  const clock = new VirtualClock(0)
  const socket = outletOf(room)
  let cuts = 0
  const line = new ClientLine(socket.outlet, { clock, limits: given, rounds: { add: setImmediate } }, () => {
    cuts += 1
  })
  const send = (n: number, size = 1) => line.send(Buffer.from(`${n} `.repeat(size)), place(n))
  return { ...socket, clock, line, send, cuts: () => cuts }
}

it('what is said in one turn leaves in one write, in order', async () => {
  const { line, send, written } = lineOf(1_000)
  for (const n of [1, 2, 3]) send(n)
  expect(written).toEqual([])
  await turn()
  expect(written).toEqual(['1 2 3 '])
  expect(line.idle).toBe(true)
})

it('what waits for a full socket goes when it drains', async () => {
  const { send, written, drain } = lineOf(1)
  send(1)
  await turn()
  send(2)
  send(3)
  await turn()
  expect(written).toEqual(['1 '])
  drain(1_000)
  expect(written).toEqual(['1 ', '2 3 '])
})

it.each([
  ['items', 1, 5],
  ['bytes', 30, 2],
])('K8 too many %s waiting: it is cut once, and told the last that it was given', async (_, size, count) => {
  const { line, send, written, state, cuts } = lineOf(1)
  send(1)
  await turn()
  for (let n = 2; n < 2 + count; n++) send(n, size)
  expect(line.state).toBe('cut')
  expect(cuts()).toBe(1)
  expect(state.ended).toBe(true)
  expect(written).toHaveLength(2)
  expect(written[1]).toMatch(/^event: slow-consumer\ndata: {"code":"SLOW_CONSUMER","lastPosition":"1\/1"/)
  send(99)
  await turn()
  expect(written).toHaveLength(2)
})

it('one that is larger than all that may wait goes by itself', async () => {
  const { line, send, written } = lineOf(10_000)
  send(1, 1_000)
  await turn()
  expect(line.state).toBe('open')
  expect(written).toHaveLength(1)
})

it('K8 one that takes nothing for too long is cut, however little waits', async () => {
  const { line, send, clock, state } = lineOf(1)
  send(1)
  await turn()
  await clock.advanceBy(999)
  line.check()
  expect(state.ended).toBe(false)
  await clock.advanceBy(1)
  line.check()
  expect(line.state).toBe('cut')
})

it('who sends patiently waits for the socket, and no longer once it is gone', async () => {
  const { line, drain } = lineOf(1, { ...limits, mostBytes: 10_000_000, mostItems: 1_000 })
  const large = Buffer.alloc(70_000, '.')
  let sent = 0
  const sending = (async () => {
    for (let n = 1; n <= 3; n++) {
      await line.sendPatiently(large, place(n))
      sent = n
    }
  })()
  await turn()
  await turn()
  expect(sent).toBe(0)
  drain(100_000)
  await turn()
  expect(sent).toBe(1)
  line.close()
  await sending
})
