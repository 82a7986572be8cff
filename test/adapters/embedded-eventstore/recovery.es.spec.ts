import { EventStoreDBClient, persistentSubscriptionToStreamSettingsFromDefaults } from '@eventstore/db-client'
import { afterAll, expect, it } from 'vitest'
import { type LaunchedEventStore, launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { classic, collect, eventually, first, newStream, readings, temporaryFolder } from './node.ts'

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

it('keeps groups, checkpoints and parked events over a kill -9', async () => {
  const stream = newStream()
  let node = await launch()
  let client = EventStoreDBClient.connectionString(node.url)
  await client.appendToStream(stream, readings(6), classic)
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({
    startFrom: 'start',
    checkPointUpperBound: 1,
  })
  await client.createPersistentSubscriptionToStream(stream, 'keepers', settings)
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, 'keepers', { bufferSize: 1 })
  // The end of the node ends the subscription with an error; that is not what is looked at here.
  subscription.on('error', () => {})
  await new Promise<void>((resolve) => {
    let taken = 0
    subscription.on('data', (event) => {
      taken++
      if (taken === 3) subscription.nack('park', 'odd', event).then(resolve)
      else if (taken < 3) subscription.ack(event)
    })
  })
  const stats = async () => (await client.getPersistentSubscriptionToStreamInfo(stream, 'keepers')).stats
  await eventually(async () => (await stats()).lastCheckpointedEventRevision).toBe(2n)
  process.kill(node.pid, 'SIGKILL')
  await node.exited
  await client.dispose()

  node = await launch()
  client = EventStoreDBClient.connectionString(node.url)
  expect((await client.getPersistentSubscriptionToStreamInfo(stream, 'keepers')).settings).toEqual(settings)
  expect((await stats()).parkedMessageCount).toBe(1n)
  const resumed = client.subscribeToPersistentSubscriptionToStream(stream, 'keepers')
  expect((await first(resumed, 3)).map(({ event }) => event?.revision)).toEqual([3n, 4n, 5n])
  await resumed.unsubscribe()
  await client.dispose()
  await node.stop()
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
