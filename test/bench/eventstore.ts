import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { EventStoreDBClient, FORWARDS, jsonEvent, START } from '@eventstore/db-client'
import Table from 'cli-table3'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { LogReader } from '#adapters/embedded-eventstore/log/reader.ts'
import { expectedRevision } from '#adapters/embedded-eventstore/store/expected.ts'
import { type OpenedStore, openStore } from '#adapters/embedded-eventstore/store/open-store.ts'
import type { Bench } from './bench.ts'
import { median } from './statistics.ts'

type Sizes = { events: number; rounds: number; singles: number; concurrent: number; batches: number }
const full: Sizes = { events: 50_000, rounds: 15, singles: 1_000, concurrent: 8_000, batches: 60 }
const quick: Sizes = { events: 30_000, rounds: 5, singles: 300, concurrent: 3_000, batches: 20 }
const indexEvents = { full: [1_000_000, 5_000_000], quick: [300_000] }

// Some 300 bytes of JSON, as a weather reading has.
const payload = (n: number) => ({
  n,
  site: 'osm',
  windSpeedMs: 4.25,
  windDirectionDeg: 231,
  temperatureC: 7.5,
  humidityShare: 0.61,
  pressureHpa: 842.25,
  note: 'r'.repeat(160),
})

const span = (values: readonly number[], digits = 2): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`

/** User and system time a process has had, in milliseconds, to the nearest ten. */
const cpuMsOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  return ticks * 10
}

const temporary = (): string => mkdtempSync(path.join(tmpdir(), 'noctuary-bench-'))

const fill = async (opened: OpenedStore, events: number, perStream: number): Promise<void> => {
  const data = Array.from({ length: 100 }, (_, n) => Buffer.from(JSON.stringify(payload(n))))
  const metadata = Buffer.alloc(0)
  for (let done = 0; done < events; done += perStream) {
    const batch = Array.from({ length: Math.min(perStream, events - done) }, (_, i) => ({
      id: crypto.randomUUID(),
      type: 'WeatherReadingRecorded',
      json: true,
      metadata,
      data: data[i % data.length] ?? metadata,
    }))
    const stream = Buffer.from(`environment-bench-${done / perStream}`)
    const written = opened.store.append(stream, expectedRevision.any, batch)
    // Filling is no figure: many appends share a sync.
    if (done % (perStream * 50) === 0) await written
  }
  await opened.store.log.commit()
}

const framesOf = ({ store }: OpenedStore): Buffer => {
  const reader = new LogReader(store.log)
  const frames: Buffer[] = []
  for (let ordinal = 0; ordinal < store.visible; ordinal++) {
    const view = reader.seek(store.index.position(ordinal))
    frames.push(Buffer.from(view.bytes.subarray(view.frameStart, view.frameEnd)))
  }
  return Buffer.concat(frames)
}

const launchCeiling = async (frames: Buffer) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./ceiling-server.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(frames)
  const [port] = await once(createInterface(child.stdout), 'line')
  return {
    url: `esdb://127.0.0.1:${port}?tls=false`,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** Reads all of `$all` once with the official client. */
const readOnce = async (client: EventStoreDBClient): Promise<{ events: number; ms: number }> => {
  const start = performance.now()
  const stream = client.readAll({ direction: FORWARDS, fromPosition: START })
  let events = 0
  stream.on('data', () => events++)
  await once(stream, 'end')
  return { events, ms: performance.now() - start }
}

type Reader = {
  client: EventStoreDBClient
  pid: number
  rates: number[]
  serverUs: number[]
  clientUs: number[]
}

const readRound = async (reader: Reader): Promise<void> => {
  const serverBefore = cpuMsOf(reader.pid)
  const clientBefore = process.cpuUsage()
  const { events, ms } = await readOnce(reader.client)
  const client = process.cpuUsage(clientBefore)
  reader.rates.push((events / ms) * 1000)
  reader.serverUs.push(((cpuMsOf(reader.pid) - serverBefore) * 1000) / events)
  reader.clientUs.push((client.user + client.system) / events)
}

const readerOf = (url: string, pid: number): Reader => ({
  client: EventStoreDBClient.connectionString(url),
  pid,
  rates: [],
  serverUs: [],
  clientUs: [],
})

const benchReads = async ({ events, rounds }: Sizes) => {
  const folder = temporary()
  const opened = await openStore({ folder })
  await fill(opened, events, 500)
  const ceiling = await launchCeiling(framesOf(opened))
  await opened.close()
  const node = await launchEmbeddedEventStore({ dataDir: folder })
  const ours = readerOf(node.url, node.pid)
  const bare = readerOf(ceiling.url, ceiling.pid)
  // One round each to warm up, then turn and turn about.
  for (let round = 0; round <= rounds; round++) {
    for (const reader of round % 2 ? [ours, bare] : [bare, ours]) {
      await readRound(reader)
      if (round === 0) for (const list of [reader.rates, reader.serverUs, reader.clientUs]) list.length = 0
    }
  }
  await ours.client.dispose()
  await bare.client.dispose()
  await node.stop()
  await ceiling.stop()
  rmSync(folder, { recursive: true })
  return { ours, bare, ratios: ours.rates.map((rate, i) => rate / (bare.rates[i] ?? rate)) }
}

const event = (n: number) => jsonEvent({ type: 'WeatherReadingRecorded', data: payload(n) })

const benchAppends = async ({ singles, concurrent, batches }: Sizes) => {
  const folder = temporary()
  const node = await launchEmbeddedEventStore({ dataDir: folder })
  const client = EventStoreDBClient.connectionString(node.url)
  // Both processes compile their hot paths during the first few hundred.
  for (let n = 0; n < 800; n++) await client.appendToStream('warm-up', [event(n)])
  const times: number[] = []
  for (let n = 0; n < singles; n++) {
    const start = performance.now()
    await client.appendToStream('single', [event(n)])
    times.push(performance.now() - start)
  }
  const start64 = performance.now()
  let next = 0
  const writer = async (name: string): Promise<void> => {
    while (next < concurrent) await client.appendToStream(name, [event(next++)])
  }
  await Promise.all(Array.from({ length: 64 }, (_, i) => writer(`writer-${i}`)))
  const append64PerS = (concurrent / (performance.now() - start64)) * 1000
  const batchRates: number[] = []
  for (let n = 0; n < batches; n++) {
    const batch = Array.from({ length: 500 }, (_, i) => event(i))
    const start = performance.now()
    await client.appendToStream(`batch-${n % 4}`, batch)
    batchRates.push((500 / (performance.now() - start)) * 1000)
  }
  await client.dispose()
  await node.stop()
  rmSync(folder, { recursive: true })
  return { times, append64PerS, batchRates }
}

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024

const starts = 3

const startNode = async (folder: string) => {
  const times: number[] = []
  const sizes: number[] = []
  for (let n = 0; n < starts; n++) {
    const start = performance.now()
    const node = await launchEmbeddedEventStore({ dataDir: folder })
    times.push(performance.now() - start)
    sizes.push(residentBytes(node.pid))
    await node.stop()
  }
  return { ms: median(times), bytes: median(sizes) }
}

/** Starts a node on a log of so many events and on one without: the difference is what the events cost. */
const benchIndex = async (events: number) => {
  const folder = temporary()
  const empty = temporary()
  const opened = await openStore({ folder })
  await fill(opened, events, 100)
  await opened.close()
  const without = await startNode(empty)
  const withEvents = await startNode(folder)
  for (const used of [folder, empty]) rmSync(used, { recursive: true })
  return {
    bytesPerEvent: (withEvents.bytes - without.bytes) / events,
    // Of a node with a million events, the program's own start included.
    startMsPerM: without.ms + ((withEvents.ms - without.ms) / events) * 1_000_000,
  }
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

export const eventstore: Bench = {
  name: 'eventstore',
  about:
    'The embedded event store through the official client, beside a server that sends frames from memory',
  run: async (options) => {
    const sizes = options.quick ? quick : full
    const reads = await benchReads(sizes)
    const appends = await benchAppends(sizes)
    const indexes: { events: number; bytesPerEvent: number; startMsPerM: number }[] = []
    for (const events of options.quick ? indexEvents.quick : indexEvents.full) {
      indexes.push({ events, ...(await benchIndex(events)) })
    }
    const table = new Table({ head: ['figure', 'median (range)'], style: { head: [] } })
    table.push(
      ['read, ours: events/s', span(reads.ours.rates, 0)],
      ['read, from memory: events/s', span(reads.bare.rates, 0)],
      ['read, ours ÷ from memory', span(reads.ratios)],
      ['server CPU, ours: µs per event', span(reads.ours.serverUs)],
      ['server CPU, from memory: µs per event', span(reads.bare.serverUs)],
      ['client CPU: µs per event', span(reads.ours.clientUs)],
      ['append, one writer: ms', span(appends.times)],
      ['append, 64 writers: events/s', appends.append64PerS.toFixed(0)],
      ['append, batches of 500: events/s', span(appends.batchRates, 0)],
      ...indexes.flatMap(({ events, bytesPerEvent, startMsPerM }) => [
        [`memory per event at ${events}: bytes`, bytesPerEvent.toFixed(0)],
        [`start with a million events, seen at ${events}: ms`, startMsPerM.toFixed(0)],
      ]),
    )
    console.log(table.toString())
    return {
      readRatio: round(median(reads.ratios)),
      serverCpuUsPerEvent: round(median(reads.ours.serverUs)),
      appendP50Ms: round(median(appends.times)),
      append64PerS: round(appends.append64PerS, 0),
      batch500EvPerS: round(median(appends.batchRates), 0),
      bytesPerEvent: round(Math.max(...indexes.map(({ bytesPerEvent }) => bytesPerEvent)), 0),
      startMsPerM: round(Math.max(...indexes.map(({ startMsPerM }) => startMsPerM)), 0),
    }
  },
}
