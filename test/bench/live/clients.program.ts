import { connect, type Socket } from 'node:net'
import { z } from 'zod'

/** Many live clients in a process of their own, on bare sockets: what is measured is the server. */

const askSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connect'), port: z.int(), readers: z.int() }),
  z.object({ kind: z.literal('count'), upTo: z.int() }),
])

const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`
const dome = '/api/live?sender=dome&event=DeviceStatusRecorded'
const said = /"status":\{"number":(\d+),"sentAt":([\d.]+)\}/g

const latencies: number[] = []
const next: number[] = []
let lost = 0
let doubled = 0
let onProgress = () => {}

const now = () => performance.timeOrigin + performance.now()

const read = (client: number, socket: Socket, onHello: () => void): void => {
  let begun = ''
  let greeted = false
  socket.setEncoding('utf8').on('data', (text: string) => {
    begun += text
    const end = begun.lastIndexOf('\n\n')
    if (end === -1) return
    const whole = begun.slice(0, end)
    begun = begun.slice(end)
    if (!greeted && whole.includes('event: hello')) {
      greeted = true
      onHello()
    }
    const at = now()
    for (const [, number, sentAt] of whole.matchAll(said)) {
      const expected = next[client] ?? 0
      if (Number(number) < expected) doubled += 1
      else {
        lost += Number(number) - expected
        next[client] = Number(number) + 1
      }
      latencies.push(at - Number(sentAt))
    }
    onProgress()
  })
}

const connectAll = async (port: number, readers: number): Promise<void> => {
  for (let client = 0; client < readers; client++) {
    const socket = connect(port, '127.0.0.1')
    const hello = new Promise<void>((resolve) => read(client, socket, resolve))
    socket.write(ask(dome))
    await hello
  }
  // Hears everything there is and never takes a byte.
  connect(port, '127.0.0.1').pause().write(ask('/api/live'))
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
  latencies.sort((a, b) => a - b)
  const share = (part: number) => latencies[Math.ceil(part * latencies.length) - 1] ?? Number.NaN
  process.send?.({
    kind: 'counted',
    deliveries: latencies.length,
    lost: lost + missing,
    doubled,
    p50Ms: share(0.5),
    p99Ms: share(0.99),
    mostMs: latencies.at(-1) ?? Number.NaN,
  })
})
