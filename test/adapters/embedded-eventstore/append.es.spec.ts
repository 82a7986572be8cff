import { ANY, NO_STREAM, STREAM_EXISTS, WrongExpectedVersionError } from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { classic, collect, newStream, reading, readings, useEventStore } from './node.ts'

const store = useEventStore()

describe.each([
  ['batch', {}],
  ['classic', classic],
])('an append by the %s method', (_, method) => {
  it('numbers the events of a new stream from 0', async () => {
    const stream = newStream()
    const result = await store.client.appendToStream(stream, readings(3), {
      expectedRevision: NO_STREAM,
      ...method,
    })
    expect(result).toMatchObject({ success: true, nextExpectedRevision: 2n })
    const events = await collect(store.client.readStream(stream))
    expect(events.map(({ event }) => event?.revision)).toEqual([0n, 1n, 2n])
    expect(events.at(-1)?.event?.position).toEqual(result.position)
  })

  it('goes on when the expected revision is the last one', async () => {
    const stream = newStream()
    await store.client.appendToStream(stream, readings(2), method)
    const result = await store.client.appendToStream(stream, [reading(2)], {
      expectedRevision: 1n,
      ...method,
    })
    expect(result.nextExpectedRevision).toBe(2n)
  })

  it.each([
    ['an exact revision that is too low', 0n],
    ['an exact revision that is too high', 7n],
    ['no stream', NO_STREAM],
  ] as const)('is refused when it expects %s', async (_name, expectedRevision) => {
    const stream = newStream()
    await store.client.appendToStream(stream, readings(2), method)
    const refused = store.client.appendToStream(stream, [reading(9)], { expectedRevision, ...method })
    await expect(refused).rejects.toBeInstanceOf(WrongExpectedVersionError)
    await expect(refused).rejects.toMatchObject({
      expectedVersion: expectedRevision,
      actualVersion: 1n,
      streamName: stream,
    })
    expect(await collect(store.client.readStream(stream))).toHaveLength(2)
  })

  it('is refused when a stream that is missing shall exist', async () => {
    const refused = store.client.appendToStream(newStream(), [reading(0)], {
      expectedRevision: STREAM_EXISTS,
      ...method,
    })
    await expect(refused).rejects.toMatchObject({ expectedVersion: STREAM_EXISTS, actualVersion: NO_STREAM })
  })

  it.each([
    ['any revision', ANY],
    ['no stream', NO_STREAM],
  ] as const)(
    'is not written twice when it is repeated with the same ids, expecting %s',
    async (_name, expectedRevision) => {
      const stream = newStream()
      const events = readings(3)
      const once = await store.client.appendToStream(stream, events, { expectedRevision, ...method })
      await store.client.appendToStream(stream, [reading(3)], method)
      const again = await store.client.appendToStream(stream, events, { expectedRevision, ...method })
      expect(again).toEqual(once)
      expect(await collect(store.client.readStream(stream))).toHaveLength(4)
    },
  )

  it('is not written twice when it is repeated with the same ids and exact revision', async () => {
    const stream = newStream()
    await store.client.appendToStream(stream, [reading(0)], method)
    const events = readings(2)
    const once = await store.client.appendToStream(stream, events, { expectedRevision: 0n, ...method })
    expect(await store.client.appendToStream(stream, events, { expectedRevision: 0n, ...method })).toEqual(
      once,
    )
  })

  it('is refused when known events are followed by an unknown one', async () => {
    const stream = newStream()
    const events = readings(2)
    await store.client.appendToStream(stream, events, method)
    const mixed = store.client.appendToStream(stream, [...events, reading(2)], method)
    await expect(mixed).rejects.toBeInstanceOf(WrongExpectedVersionError)
  })

  it('takes an id again in another stream', async () => {
    const events = readings(2)
    await store.client.appendToStream(newStream(), events, method)
    const other = newStream()
    await store.client.appendToStream(other, events, method)
    expect(await collect(store.client.readStream(other))).toHaveLength(2)
  })

  it('is readable as soon as it is acknowledged, by everyone', async () => {
    const stream = newStream()
    for (let n = 0; n < 20; n++) {
      const { position } = await store.client.appendToStream(stream, [reading(n)], method)
      const [newest] = await collect(
        store.client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 }),
      )
      expect(newest?.event?.position).toEqual(position)
    }
  })

  it('is refused when it is larger than one mebibyte, naming the limit', async () => {
    const event = { ...reading(0), data: { text: 'x'.repeat(1024 * 1024) } }
    const refused = store.client.appendToStream(newStream(), [event], method)
    await expect(refused).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1024 * 1024,
    })
  })
})

it('keeps apart the answers to many appends under way at once', async () => {
  const streams = Array.from({ length: 40 }, () => newStream())
  const results = await Promise.all(
    streams.map((stream, i) =>
      store.client
        .appendToStream(stream, readings(i + 1), { expectedRevision: i % 3 === 0 ? 5n : ANY })
        .catch((error) => error),
    ),
  )
  results.forEach((result, i) => {
    if (i % 3 === 0) expect(result).toBeInstanceOf(WrongExpectedVersionError)
    else expect(result).toMatchObject({ success: true, nextExpectedRevision: BigInt(i) })
  })
})

it('takes an append that comes in many parts as one', async () => {
  const stream = newStream()
  const result = await store.client.appendToStream(stream, readings(200), { batchAppendSize: 1_000 })
  expect(result.nextExpectedRevision).toBe(199n)
  expect(await collect(store.client.readStream(stream))).toHaveLength(200)
})

it('answers a batch whose deadline has passed with a timeout, and writes nothing', async () => {
  const stream = newStream()
  await expect(store.client.appendToStream(stream, readings(1), { deadline: -1_000 })).rejects.toMatchObject({
    type: 'deadline-exceeded',
  })
  await store.client.appendToStream(stream, readings(1), { expectedRevision: NO_STREAM })
})
