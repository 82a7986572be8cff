import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LaunchedEventStore, launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { type CopyProgress, copyLog } from '#adapters/eventstore/copy-log.ts'
import { classic, collect, readings, temporaryFolder } from '#test/adapters/embedded-eventstore/node.ts'

type Held = { folders: { remove(): void }[]; nodes: LaunchedEventStore[]; clients: EventStoreDBClient[] }
const held: Held = { folders: [], nodes: [], clients: [] }

const launch = async () => {
  const folder = temporaryFolder()
  const node = await launchEmbeddedEventStore({ dataDir: folder.path })
  const client = EventStoreDBClient.connectionString(node.url)
  held.folders.push(folder)
  held.nodes.push(node)
  held.clients.push(client)
  return { node, client, url: node.url }
}
afterAll(async () => {
  for (const client of held.clients) await client.dispose()
  for (const node of held.nodes) await node.stop()
  for (const folder of held.folders) folder.remove()
})

const source: { url: string; client?: EventStoreDBClient } = { url: '' }
beforeAll(async () => {
  const { url, client } = await launch()
  Object.assign(source, { url, client })
  for (let n = 0; n < 300; n++) await client.appendToStream(`copied-${n % 5}`, readings(1 + (n % 4)), classic)
  await client.appendToStream(
    'copied-odd',
    [
      jsonEvent({ type: 'Größe', data: { big: '9007199254740993', text: 'ø ☄' } }),
      binaryEvent({ type: 'Frame', data: Uint8Array.from([0, 1, 255]) }),
    ],
    classic,
  )
  await client.setStreamMetadata('copied-1', { maxCount: 3, owner: 'ops' }, classic)
  await client.appendToStream('copied-gone', readings(2), classic)
  await client.tombstoneStream('copied-gone')
  await client.appendToStream('copied-deleted', readings(3), classic)
  await client.deleteStream('copied-deleted')
  await client.deleteStream('copied-deleted')
  await client.appendToStream('copied-back', readings(3), classic)
  await client.deleteStream('copied-back')
  await client.appendToStream('copied-back', readings(2), classic)
})

const readable = async (client: EventStoreDBClient, stream: string) => {
  try {
    return (await collect(client.readStream(stream))).map(({ event }) => [
      event?.id,
      event?.revision,
      event?.data,
    ])
  } catch (error) {
    return error instanceof Error && 'type' in error ? error.type : error
  }
}

describe('copyLog', () => {
  it('makes a target that reads the same, stream by stream and in order', async () => {
    const target = await launch()
    const seen: CopyProgress[] = []
    const result = await copyLog({
      from: source.url,
      to: target.url,
      onProgress: (progress) => seen.push(progress),
    })
    expect(result).toMatchObject({ resumedBehind: undefined, verifiedStreams: 9 })
    expect(seen.at(0)?.phase).toBe('copying')
    expect(seen.at(-1)).toMatchObject({ phase: 'verifying', position: seen.at(-1)?.endPosition })

    if (!source.client) throw new Error('the source has not started')
    for (const stream of [
      'copied-0',
      'copied-1',
      'copied-odd',
      'copied-gone',
      'copied-deleted',
      'copied-back',
    ]) {
      expect(await readable(target.client, stream)).toEqual(await readable(source.client, stream))
    }
    expect((await target.client.getStreamMetadata('copied-1')).metadata).toEqual({
      maxCount: 3,
      owner: 'ops',
    })
    const order = async (client: EventStoreDBClient) =>
      (await collect(client.readAll())).flatMap(({ event }) =>
        event?.streamId.startsWith('copied-') && event.type !== '$streamDeleted' ? [event.id] : [],
      )
    expect(await order(target.client)).toEqual(await order(source.client))
  })

  it('goes on where an interrupted copy ended, and adds nothing twice', async () => {
    const target = await launch()
    const abort = new AbortController()
    const interrupted = copyLog({
      from: source.url,
      to: target.url,
      signal: abort.signal,
      onProgress: () => abort.abort(new Error('enough')),
    })
    await expect(interrupted).rejects.toThrow('enough')
    const result = await copyLog({ from: source.url, to: target.url })
    expect(result.resumedBehind).toBeGreaterThan(0)
    expect(result.verifiedStreams).toBe(9)
    expect((await copyLog({ from: source.url, to: target.url })).events).toBe(0)
  })

  it('refuses a target whose streams hold other events', async () => {
    const target = await launch()
    await target.client.appendToStream('copied-0', readings(1), classic)
    await expect(copyLog({ from: source.url, to: target.url })).rejects.toThrow(
      /copied-0 could not be written/,
    )
  })

  it('finds a cluster by discovery, and says what is wrong with an address', async () => {
    const target = await launch()
    const discovered = `esdb+discover://127.0.0.1:${target.node.port}?tls=false`
    expect((await copyLog({ from: source.url, to: discovered })).verifiedStreams).toBe(9)
    await expect(copyLog({ from: 'postgres://x', to: discovered })).rejects.toThrow(
      'is not an EventStoreDB address',
    )
  })
})
