import { fork } from 'node:child_process'
import { on, once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { systemClock } from '#adapters/clock.ts'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { liveServer, looked, teller } from '#test/support/live.ts'
import type { Bench } from './bench.ts'
import { rounded } from './statistics.ts'

const program = fileURLToPath(new URL('./live/clients.program.ts', import.meta.url))
const eventsPerS = 50
/** Heard by the one that does not read, and by nobody else: what fills the buffers of two kernels. */
const filling = 'x'.repeat(100_000)

const countedSchema = z.object({
  kind: z.literal('counted'),
  deliveries: z.number(),
  lost: z.number(),
  doubled: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  mostMs: z.number(),
})

const now = () => performance.timeOrigin + performance.now()

/** Durable appends at a steady rate, until so many are acknowledged. */
const say = async (count: number, tell: ReturnType<typeof teller>, fill: ReturnType<typeof teller>) => {
  const begun = performance.now()
  const told: Promise<unknown>[] = []
  for (let number = 0; number < count; number++) {
    const earlyMs = begun + (number * 1000) / eventsPerS - performance.now()
    // What is due is said at once: the clients' turn comes in between.
    if (earlyMs > 0) await sleep(earlyMs)
    const { data, ...rest } = looked('dome', number)
    told.push(tell({ ...rest, data: { ...data, status: { number, sentAt: now() } } }))
    if (number % 5 === 0) told.push(fill(looked('telescope', number, { filling })))
  }
  await Promise.all(told)
  return (performance.now() - begun) / 1000
}

/** Many clients on one process's live streams, one of which never reads. Latency from before the append to the client. */
export const live: Bench = {
  name: 'live',
  about: 'append called → read by 1,000 live clients at 50 events/s, one client never reading',
  run: async ({ quick }) => {
    const readers = (quick ? 200 : 1_000) - 1
    const count = eventsPerS * (quick ? 10 : 40)
    const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-bench-'))
    const server = await launchEmbeddedEventStore({ dataDir: folder })
    const store = openEventStore(server.url)
    const streams = await liveServer({ store, clock: systemClock })
    const clients = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const answers = on(clients, 'message', { close: ['exit'] })
    clients.send({ kind: 'connect', port: streams.port, readers })
    await answers.next()
    const before = process.cpuUsage()
    const seconds = await say(count, teller(store, 'bench'), teller(store, 'filling'))
    clients.send({ kind: 'count', upTo: count })
    const [message] = (await answers.next()).value ?? []
    const counted = countedSchema.parse(message)
    const { cut } = streams.hub.figures
    const { user, system } = process.cpuUsage(before)
    const cpuUs = (user + system) / counted.deliveries
    clients.kill()
    await once(clients, 'exit')
    await streams.stop()
    await store.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
    const { deliveries, lost, doubled, p50Ms, p99Ms, mostMs } = counted
    console.table({
      deliveries: { total: deliveries, perS: Math.round(deliveries / seconds), lost, doubled },
    })
    console.table({ latency: { p50Ms, p99Ms, mostMs }, server: { cpuUsPerDelivery: cpuUs } })
    return {
      clients: readers + 1,
      eventsPerS: rounded(count / seconds),
      p50ms: rounded(p50Ms),
      p99ms: rounded(p99Ms),
      lost,
      doubled,
      cpuUsPerDelivery: rounded(cpuUs),
      stuckCut: cut === 1,
    }
  },
}
