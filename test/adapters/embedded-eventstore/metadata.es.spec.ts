import { BACKWARDS, binaryEvent, END, jsonEvent } from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { collect, newStream, reading, readings, useEventStore } from './node.ts'

const store = useEventStore()

const written = async (count: number): Promise<string> => {
  const stream = newStream()
  await store.client.appendToStream(stream, readings(count))
  return stream
}
const revisionsOf = async (stream: string, options = {}) =>
  (await collect(store.client.readStream(stream, options))).map(({ event }) => Number(event?.revision))

describe('stream metadata', () => {
  it('come back as they were set, unknown keys too', async () => {
    const stream = await written(1)
    const metadata = {
      maxCount: 5,
      maxAge: 3600,
      acl: { readRoles: ['$all'], writeRoles: ['ops'] },
      custom: { a: [1] },
    }
    await store.client.setStreamMetadata(stream, metadata)
    expect((await store.client.getStreamMetadata(stream)).metadata).toEqual(metadata)
  })

  it('can be set before the stream is there, which then exists', async () => {
    const stream = newStream()
    await store.client.setStreamMetadata(stream, { maxCount: 5 })
    const result = await store.client.appendToStream(stream, [reading(0)], {
      expectedRevision: 'stream_exists',
    })
    expect(result.nextExpectedRevision).toBe(0n)
  })

  it('keep only their last event readable, while their revisions go on', async () => {
    const stream = await written(1)
    for (const maxCount of [5, 6, 7]) await store.client.setStreamMetadata(stream, { maxCount })
    expect(await revisionsOf(`$$${stream}`)).toEqual([2])
  })

  it.each([
    ['$maxCount', { maxCount: 2 }, [3, 4]],
    ['$tb', { truncateBefore: 3 }, [3, 4]],
    ['the stricter of $maxCount and $tb', { maxCount: 4, truncateBefore: 4 }, [4]],
    ['a $tb beyond the end', { truncateBefore: 99 }, []],
    ['a $maxAge that nothing has reached', { maxAge: 3600 }, [0, 1, 2, 3, 4]],
    ['a $maxCount of 0, which counts for nothing', { maxCount: 0 }, [0, 1, 2, 3, 4]],
  ])('hide events by %s, both ways', async (_name, metadata, expected) => {
    const stream = await written(5)
    await store.client.setStreamMetadata(stream, metadata)
    expect(await revisionsOf(stream)).toEqual(expected)
    expect(await revisionsOf(stream, { direction: BACKWARDS, fromRevision: END })).toEqual(
      expected.toReversed(),
    )
    expect(await revisionsOf(stream, { fromRevision: 1n })).toEqual(
      expected.filter((revision) => revision >= 1),
    )
  })

  it.each([
    ['a value that is not a whole number', { $maxCount: 2, $tb: 'three' }],
    ['a fraction', { $maxCount: 1.5 }],
    ['a list', [1, 2]],
  ])('are ignored as a whole with %s', async (_name, data) => {
    const stream = await written(3)
    await store.client.appendToStream(`$$${stream}`, [jsonEvent({ type: '$metadata', data })])
    expect(await revisionsOf(stream)).toEqual([0, 1, 2])
  })

  it('leave revisions and expected revisions as they are', async () => {
    const stream = await written(4)
    await store.client.setStreamMetadata(stream, { maxCount: 1 })
    const result = await store.client.appendToStream(stream, [reading(4)], { expectedRevision: 3n })
    expect(result.nextExpectedRevision).toBe(4n)
    expect(await revisionsOf(stream)).toEqual([4])
  })
})

describe('links', () => {
  const writeLink = async (links: string, target: string, revision: number) => {
    await store.client.appendToStream(links, [
      binaryEvent({ type: '$>', data: Buffer.from(`${revision}@${target}`) }),
    ])
  }

  it('are resolved to their targets when that is asked for', async () => {
    const target = await written(3)
    const links = newStream()
    await writeLink(links, target, 2)
    await writeLink(links, target, 0)
    const [one, two] = await collect(store.client.readStream(links, { resolveLinkTos: true }))
    expect(one?.event).toMatchObject({ streamId: target, revision: 2n, type: 'ReadingRecorded' })
    expect(one?.link).toMatchObject({ streamId: links, revision: 0n, type: '$>' })
    expect(one?.commitPosition).toBe(one?.link?.position?.commit)
    expect(two?.event?.revision).toBe(0n)
  })

  it('are events like others when it is not', async () => {
    const target = await written(1)
    const links = newStream()
    await writeLink(links, target, 0)
    const [one] = await collect(store.client.readStream(links))
    expect(one?.event).toMatchObject({ streamId: links, type: '$>' })
    expect(one?.link).toBeUndefined()
  })

  it.each([
    ['missing', async () => newStream()],
    [
      'deleted',
      async () => {
        const stream = await written(1)
        await store.client.deleteStream(stream)
        return stream
      },
    ],
    [
      'tombstoned',
      async () => {
        const stream = await written(1)
        await store.client.tombstoneStream(stream)
        return stream
      },
    ],
    [
      'truncated',
      async () => {
        const stream = await written(2)
        await store.client.setStreamMetadata(stream, { truncateBefore: 1 })
        return stream
      },
    ],
  ])('to a target that is %s come without an event', async (_name, makeTarget) => {
    const target = await makeTarget()
    const links = newStream()
    await writeLink(links, target, 0)
    const [one] = await collect(store.client.readStream(links, { resolveLinkTos: true }))
    expect(one?.event).toBeUndefined()
    expect(one?.link?.streamId).toBe(links)
  })

  it('split at the first @', async () => {
    const target = `${newStream()}@osm`
    await store.client.appendToStream(target, readings(1))
    const links = newStream()
    await writeLink(links, target, 0)
    const [one] = await collect(store.client.readStream(links, { resolveLinkTos: true }))
    expect(one?.event?.streamId).toBe(target)
  })
})
