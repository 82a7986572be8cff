import {
  ANY,
  NO_STREAM,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { collect, first, newStream, reading, readings, useEventStore } from './node.ts'

const store = useEventStore()

const written = async (count: number): Promise<string> => {
  const stream = newStream()
  await store.client.appendToStream(stream, readings(count))
  return stream
}
const revisionsOf = async (stream: string) =>
  (await collect(store.client.readStream(stream))).map(({ event }) => event?.revision)

describe('a deleted stream', () => {
  it('reads as missing, and its metadata is replaced', async () => {
    const stream = await written(3)
    await store.client.setStreamMetadata(stream, { maxCount: 2, owner: 'ops' })
    const { position } = await store.client.deleteStream(stream, { expectedRevision: 2n })
    expect(position?.commit).toBeGreaterThan(0n)
    await expect(collect(store.client.readStream(stream))).rejects.toBeInstanceOf(StreamNotFoundError)
    const [last] = await collect(
      store.client.readStream(`$$${stream}`, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }),
    )
    expect(Object.keys(last?.event?.data ?? {})).toEqual(['$tb'])
  })

  it.each([
    ['any revision', ANY],
    ['no stream', NO_STREAM],
    ['its last revision', 2n],
  ] as const)(
    'comes back with the next revision when it is written to expecting %s',
    async (_name, expectedRevision) => {
      const stream = await written(3)
      await store.client.deleteStream(stream)
      const result = await store.client.appendToStream(stream, readings(2), { expectedRevision })
      expect(result.nextExpectedRevision).toBe(4n)
      expect(await revisionsOf(stream)).toEqual([3n, 4n])
      expect((await store.client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 3 })
    },
  )

  it('comes back empty when its metadata are written', async () => {
    const stream = await written(3)
    await store.client.deleteStream(stream)
    await store.client.setStreamMetadata(stream, { maxCount: 7 })
    expect((await store.client.getStreamMetadata(stream)).metadata).toEqual({
      maxCount: 7,
      truncateBefore: 3,
    })
    expect(await revisionsOf(stream)).toEqual([])
  })

  it('can be deleted again, whatever is expected', async () => {
    const stream = await written(1)
    await store.client.deleteStream(stream)
    expect((await store.client.deleteStream(stream)).position).toBeDefined()
  })

  it('keeps its events in $all', async () => {
    const stream = await written(2)
    await store.client.deleteStream(stream)
    const all = await collect(store.client.readAll())
    expect(all.filter(({ event }) => event?.streamId === stream)).toHaveLength(2)
  })

  it('does not end a subscription', async () => {
    const stream = await written(1)
    const subscription = store.client.subscribeToStream(stream, { fromRevision: START })
    const events = first(subscription, 2)
    await new Promise<void>((resolve) => subscription.once('caughtUp', resolve))
    await store.client.deleteStream(stream)
    await store.client.appendToStream(stream, [reading(1)])
    expect((await events).map(({ event }) => event?.revision)).toEqual([0n, 1n])
    await subscription.unsubscribe()
  })
})

it('a stream that never was cannot be deleted', async () => {
  const stream = newStream()
  await expect(store.client.deleteStream(stream)).rejects.toMatchObject({
    type: 'wrong-expected-version',
    streamName: stream,
    expectedVersion: -2n,
    actualVersion: 'no_stream',
  })
})

it('a delete that expects another revision is refused', async () => {
  const stream = await written(2)
  await expect(store.client.deleteStream(stream, { expectedRevision: 7n })).rejects.toMatchObject({
    expectedVersion: 7n,
    actualVersion: 1n,
  })
})

describe('a tombstoned stream', () => {
  it('can never be read, written, deleted or tombstoned again', async () => {
    const stream = await written(2)
    expect((await store.client.tombstoneStream(stream, { expectedRevision: 1n })).position).toBeDefined()
    await expect(collect(store.client.readStream(stream))).rejects.toMatchObject({
      type: 'stream-deleted',
      streamName: stream,
    })
    await expect(store.client.appendToStream(stream, [reading(0)])).rejects.toBeInstanceOf(StreamDeletedError)
    await expect(store.client.deleteStream(stream)).rejects.toBeInstanceOf(StreamDeletedError)
    await expect(store.client.tombstoneStream(stream)).rejects.toBeInstanceOf(StreamDeletedError)
    await expect(store.client.setStreamMetadata(stream, { maxCount: 1 })).rejects.toBeInstanceOf(
      StreamDeletedError,
    )
  })

  it('need not have existed', async () => {
    const stream = newStream()
    await store.client.tombstoneStream(stream, { expectedRevision: NO_STREAM })
    await expect(store.client.appendToStream(stream, [reading(0)])).rejects.toBeInstanceOf(StreamDeletedError)
  })

  it('is refused when another revision is expected', async () => {
    const stream = await written(1)
    await expect(store.client.tombstoneStream(stream, { expectedRevision: 4n })).rejects.toBeInstanceOf(
      WrongExpectedVersionError,
    )
  })

  it('ends its subscriptions with the tombstone and an error', async () => {
    const stream = await written(1)
    const subscription = store.client.subscribeToStream(stream, { fromRevision: START })
    const types: string[] = []
    subscription.on('data', ({ event }) => types.push(event?.type ?? ''))
    const error = new Promise((resolve) => subscription.once('error', resolve))
    await new Promise<void>((resolve) => subscription.once('caughtUp', resolve))
    await store.client.tombstoneStream(stream)
    expect(await error).toMatchObject({ type: 'stream-deleted', streamName: stream })
    expect(types).toEqual(['ReadingRecorded', '$streamDeleted'])
  })
})
