import { EventStoreDBClient } from '@eventstore/db-client'
import { afterAll, expect, it } from 'vitest'
import { type LaunchedEventStore, launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { classic, collect, newStream, readings, temporaryFolder } from './node.ts'

const folder = temporaryFolder()
const nodes: LaunchedEventStore[] = []
const launch = async (): Promise<LaunchedEventStore> => {
  const node = await launchEmbeddedEventStore({ dataDir: folder.path })
  nodes.push(node)
  return node
}
afterAll(async () => {
  for (const node of nodes) await node.stop()
  folder.remove()
})

it('keeps what it acknowledged, and recognises a repeated append, over a kill -9', async () => {
  const stream = newStream()
  const events = readings(10)
  let node = await launch()
  let client = EventStoreDBClient.connectionString(node.url)
  const before = await client.appendToStream(stream, events, classic)
  await client.dispose()
  process.kill(node.pid, 'SIGKILL')
  await node.exited

  node = await launch()
  client = EventStoreDBClient.connectionString(node.url)
  expect(await collect(client.readStream(stream))).toHaveLength(10)
  expect(await client.appendToStream(stream, events, classic)).toEqual(before)
  expect(await collect(client.readStream(stream))).toHaveLength(10)
  await client.dispose()
  await node.stop()
  expect(await node.exited).toEqual({ code: 0, signal: null })
})

it('refuses a folder that another node holds, and says so', async () => {
  const node = await launch()
  await expect(launchEmbeddedEventStore({ dataDir: folder.path })).rejects.toThrow(
    /is in use by another event store/,
  )
  await node.stop()
})

it('refuses a port that is taken, and says so', async () => {
  const node = await launch()
  const other = temporaryFolder()
  await expect(launchEmbeddedEventStore({ dataDir: other.path, port: node.port })).rejects.toThrow(
    `port ${node.port} is taken`,
  )
  other.remove()
  await node.stop()
})
