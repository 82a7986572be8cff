import { connect, type Socket } from 'node:net'
import { z } from 'zod'

/** Many live clients in a process of their own, on bare sockets: what is measured is the server. */

const askSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connect'), port: z.int(), readers: z.int() }),
  z.object({ kind: z.literal('count'), upTo: z.int() }),
])

const ask = (port: number, path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`
const dome = '/api/live?sender=dome&event=DeviceStatusRecorded'
const [beforeNumber, beforeSentAt] = ['"status":{"number":', '"sentAt":']

/** How many took how long, in tenths of a millisecond, up to a minute. */
const tookTenths = new Uint32Array(600_000)
let deliveries = 0
const next: number[] = []
let lost = 0
let doubled = 0
let onProgress = () => {}

const now = () => performance.timeOrigin + performance.now()

const take = (client: number, number: number, ms: number): void => {
  const expected = next[client] ?? 0
  if (number < expected) doubled += 1
  else {
    lost += number - expected
    next[client] = number + 1
  }
  deliveries += 1
  const bin = Math.min(tookTenths.length - 1, Math.max(0, Math.round(ms * 10)))
  tookTenths[bin] = (tookTenths[bin] ?? 0) + 1
}

/** Reads with as little work as can be: at 50,000 deliveries a second this process is as busy as the server. */
const read = (client: number, socket: Socket, onHello: () => void): void => {
  let begun = ''
  let greeted = false
  socket.setEncoding('latin1').on('data', (text: string) => {
    begun = begun === '' ? text : begun + text
    if (!greeted) {
      if (!begun.startsWith('HTTP/1.1 200 ')) throw new Error(`the server will not have us: ${begun}`)
      if (!begun.includes('event: hello')) return
      greeted = true
      onHello()
    }
    const end = begun.lastIndexOf('\n\n')
    if (end === -1) return
    const at = now()
    for (let found = begun.indexOf(beforeNumber); found !== -1 && found < end; ) {
      const place = begun.indexOf(beforeSentAt, found)
      const number = Number.parseInt(begun.slice(found + beforeNumber.length, place), 10)
      take(client, number, at - Number.parseFloat(begun.slice(place + beforeSentAt.length, place + 40)))
      found = begun.indexOf(beforeNumber, place)
    }
    begun = begun.slice(end)
    onProgress()
  })
}

/** The time in which a share of the deliveries was made, in milliseconds. */
const within = (share: number): number => {
  let count = 0
  const bin = tookTenths.findIndex((many) => {
    count += many
    return count >= share * deliveries
  })
  return bin / 10
}

const connectAll = async (port: number, readers: number): Promise<void> => {
  for (let client = 0; client < readers; client++) {
    const socket = connect(port, '127.0.0.1')
    const hello = new Promise<void>((resolve) => read(client, socket, resolve))
    socket.write(ask(port, dome))
    await hello
  }
  // Hears everything there is and never takes a byte.
  connect(port, '127.0.0.1').pause().write(ask(port, '/api/live'))
}

const countUpTo = async (upTo: number): Promise<void> => {
  await new Promise<void>((resolve) => {
    const done = () => next.every((number) => number >= upTo)
    const enough = setTimeout(resolve, 20_000)
    onProgress = () => {
      if (!done()) return
      clearTimeout(enough)
      resolve()
    }
    onProgress()
  })
}

process.on('message', async (message) => {
  const asked = askSchema.parse(message)
  if (asked.kind === 'connect') {
    for (let client = 0; client < asked.readers; client++) next.push(0)
    await connectAll(asked.port, asked.readers)
    process.send?.({ kind: 'connected' })
    return
  }
  await countUpTo(asked.upTo)
  const missing = next.reduce((sum, number) => sum + Math.max(0, asked.upTo - number), 0)
  process.send?.({
    kind: 'counted',
    deliveries,
    lost: lost + missing,
    doubled,
    p50Ms: within(0.5),
    p99Ms: within(0.99),
    mostMs: within(1),
  })
})
