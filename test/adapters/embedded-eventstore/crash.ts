import { EventStoreDBClient, type JSONEventData, jsonEvent, NO_STREAM } from '@eventstore/db-client'
import { expect } from 'vitest'
import { type LaunchedEventStore, launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { classic, collect } from './node.ts'

type Writer = { stream: string; acknowledged: string[]; underWay: JSONEventData[] }

const writers = 8
// Small, so that the node is killed while it begins new files, too.
const segmentSize = 40_000

/** Appends to one stream until the node dies; every append is remembered before it is sent. */
const write = async (
  client: EventStoreDBClient,
  writer: Writer,
  method: object,
  onAppend: () => void,
): Promise<void> => {
  for (let n = 0; ; n++) {
    const count = 1 + (n % 5)
    writer.underWay = Array.from({ length: count }, (_, i) =>
      jsonEvent({ type: 'Loaded', data: { n, i, pad: 'p'.repeat((n * 37) % 600) } }),
    )
    const last = writer.acknowledged.length - 1
    const expectedRevision = last < 0 ? NO_STREAM : BigInt(last)
    onAppend()
    try {
      await client.appendToStream(writer.stream, writer.underWay, { expectedRevision, ...method })
    } catch {
      return
    }
    writer.acknowledged.push(...writer.underWay.map(({ id }) => id))
    writer.underWay = []
  }
}

const idsOf = async (client: EventStoreDBClient, stream: string): Promise<string[]> => {
  try {
    return (await collect(client.readStream(stream))).map(({ event }) => event?.id ?? '')
  } catch (error) {
    if (error instanceof Error && 'type' in error && error.type === 'stream-not-found') return []
    throw error
  }
}

/** What was acknowledged is there, in order; what was under way is there whole or not at all, and can be repeated. */
const verify = async (client: EventStoreDBClient, writer: Writer): Promise<void> => {
  const { stream, acknowledged, underWay } = writer
  const found = await idsOf(client, stream)
  const whole = [...acknowledged, ...underWay.map(({ id }) => id)]
  expect(found).toEqual(found.length === acknowledged.length ? acknowledged : whole)
  if (underWay.length === 0) return
  const expectedRevision = acknowledged.length === 0 ? NO_STREAM : BigInt(acknowledged.length - 1)
  await client.appendToStream(stream, underWay, { expectedRevision, ...classic })
  expect(await idsOf(client, stream)).toEqual(whole)
}

/** Kills a node under load as often as told, at an append chosen by `chance`, and checks it after each start. */
export const killUnderLoad = async (
  folder: string,
  kills: number,
  chance: () => number,
): Promise<{ acknowledged: number }> => {
  let acknowledged = 0
  let checks: Writer[] = []
  for (let round = 0; ; round++) {
    const node = await launchEmbeddedEventStore({ dataDir: folder, segmentSize })
    const client = EventStoreDBClient.connectionString(node.url)
    for (const writer of checks) await verify(client, writer)
    if (round === kills) {
      await client.dispose()
      await node.stop()
      return { acknowledged }
    }
    checks = await loadAndKill(client, node, round, 1 + Math.floor(chance() * 150))
    acknowledged += checks.reduce((sum, writer) => sum + writer.acknowledged.length, 0)
    await client.dispose()
  }
}

const loadAndKill = async (
  client: EventStoreDBClient,
  node: LaunchedEventStore,
  round: number,
  appends: number,
): Promise<Writer[]> => {
  const all: Writer[] = Array.from({ length: writers }, (_, i) => ({
    stream: `load-${round}.${i}`,
    acknowledged: [],
    underWay: [],
  }))
  let left = appends
  const onAppend = (): void => {
    if (--left === 0) process.kill(node.pid, 'SIGKILL')
  }
  await Promise.all(all.map((writer, i) => write(client, writer, i % 2 ? classic : {}, onAppend)))
  await node.exited
  return all
}
