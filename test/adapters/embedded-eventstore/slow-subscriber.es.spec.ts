import { readFileSync } from 'node:fs'
import { connect } from 'node:http2'
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { expect, it } from 'vitest'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { Message } from '#adapters/embedded-eventstore/protocol/message.ts'
import { classic, temporaryFolder } from './node.ts'

const megabyte = 1024 * 1024
const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

/** Subscribes to all there is and then never reads a byte. */
const neverReading = (port: number) => {
  const session = connect(`http://127.0.0.1:${port}`)
  const stream = session.request({
    ':method': 'POST',
    ':path': '/event_store.client.streams.Streams/Read',
    'content-type': 'application/grpc',
  })
  stream.on('error', () => {})
  stream.pause()
  const request = new Message().message(1, (options) =>
    options
      .message(2, (all) => all.empty(2))
      .empty(6)
      .empty(8)
      .message(9, (uuid) => uuid.empty(2)),
  )
  stream.end(request.framed())
  return {
    confirmed: new Promise((resolve) => stream.once('response', resolve)),
    close: () => session.destroy(),
  }
}

it('lets subscribers that do not read harm nobody: not the others, not the memory', async () => {
  const folder = temporaryFolder()
  const node = await launchEmbeddedEventStore({ dataDir: folder.path })
  const client = EventStoreDBClient.connectionString(node.url)
  const slow = Array.from({ length: 20 }, () => neverReading(node.port))
  for (const { confirmed } of slow) await confirmed

  const batches = 50
  const perBatch = 400
  const subscription = client.subscribeToStream('flood', { fromRevision: 'start' })
  let received = 0
  const all = new Promise<void>((resolve, reject) => {
    subscription.on('error', reject)
    subscription.on('data', () => {
      if (++received === batches * perBatch) resolve()
    })
  })
  const event = { type: 'Flood', data: { pad: 'f'.repeat(1500) } }
  const write = (count: number) =>
    client.appendToStream(
      'flood',
      Array.from({ length: count }, () => jsonEvent(event)),
      classic,
    )
  for (let n = 0; n < 10; n++) await write(perBatch)
  const before = residentBytes(node.pid)
  for (let n = 10; n < batches; n++) await write(perBatch)
  await all
  // 20 readers owed 24 megabytes each: kept for them, that would be half a gigabyte.
  expect(residentBytes(node.pid) - before).toBeLessThan(120 * megabyte)

  for (const { close } of slow) close()
  await subscription.unsubscribe()
  await client.dispose()
  await node.stop()
  folder.remove()
})
