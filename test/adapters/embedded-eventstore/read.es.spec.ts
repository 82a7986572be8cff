import {
  BACKWARDS,
  binaryEvent,
  END,
  FORWARDS,
  jsonEvent,
  START,
  StreamNotFoundError,
} from '@eventstore/db-client'
import { beforeAll, describe, expect, it } from 'vitest'
import { collect, newStream, readings, useEventStore } from './node.ts'

const store = useEventStore()

const revisions = async (stream: string, options: object) =>
  (await collect(store.client.readStream(stream, options))).map(({ event }) => Number(event?.revision))

describe('reading a stream', () => {
  const stream = newStream()
  beforeAll(async () => {
    await store.client.appendToStream(stream, readings(5))
  })

  it.each([
    ['all of it forwards', {}, [0, 1, 2, 3, 4]],
    ['from a revision on', { fromRevision: 3n }, [3, 4]],
    ['no more than asked for', { fromRevision: 1n, maxCount: 2 }, [1, 2]],
    ['nothing from beyond the end', { fromRevision: 9n }, []],
    ['all of it backwards', { direction: BACKWARDS, fromRevision: END }, [4, 3, 2, 1, 0]],
    ['backwards from a revision', { direction: BACKWARDS, fromRevision: 2n }, [2, 1, 0]],
    ['backwards from beyond the end', { direction: BACKWARDS, fromRevision: 9n, maxCount: 2 }, [4, 3]],
    ['only the first backwards from the start', { direction: BACKWARDS, fromRevision: START }, [0]],
    ['nothing forwards from the end', { direction: FORWARDS, fromRevision: END }, []],
  ])('gives %s', async (_name, options, expected) => {
    expect(await revisions(stream, options)).toEqual(expected)
  })

  it('says that a missing stream is not found', async () => {
    const missing = newStream()
    await expect(collect(store.client.readStream(missing))).rejects.toBeInstanceOf(StreamNotFoundError)
  })
})

it('I22 gives events back as they were written', async () => {
  const stream = newStream()
  const json = jsonEvent({
    type: 'Übertragung',
    data: { text: 'déjà vu ☄' },
    metadata: { actor: 'astronome' },
  })
  const binary = binaryEvent({
    type: 'Frame',
    data: Uint8Array.from([0, 255, 7]),
    metadata: Uint8Array.from([9, 8]),
  })
  const bare = jsonEvent({ type: 'Bare', data: {} })
  await store.client.appendToStream(stream, [json, binary, bare])
  const [first, second, third] = (await collect(store.client.readStream(stream))).map(({ event }) => event)
  expect(first).toMatchObject({
    id: json.id,
    type: json.type,
    data: json.data,
    metadata: json.metadata,
    isJson: true,
    streamId: stream,
  })
  expect(second).toMatchObject({ id: binary.id, type: 'Frame', isJson: false })
  expect(second?.data).toEqual(Uint8Array.from([0, 255, 7]))
  expect(third?.metadata).toBeUndefined()
})

it('carries an event far larger than a window or a chunk', async () => {
  const stream = newStream()
  const text = 'y'.repeat(900_000)
  await store.client.appendToStream(stream, [jsonEvent({ type: 'Large', data: { text } }), ...readings(2)])
  const events = await collect(store.client.readStream<{ type: 'Large'; data: { text: string } }>(stream))
  expect(events.map(({ event }) => event?.data.text?.length)).toEqual([900_000, undefined, undefined])
})

describe('reading $all', () => {
  const stream = newStream()
  beforeAll(async () => {
    await store.client.appendToStream(stream, readings(4))
  })

  const positions = async (options: object) =>
    (await collect(store.client.readAll(options))).map(({ event }) => event?.position?.commit ?? 0n)

  it('gives every event once, in log order, both ways', async () => {
    const forwards = await positions({})
    expect(forwards.length).toBeGreaterThan(8)
    expect(forwards).toEqual([...new Set(forwards)].sort((a, b) => Number(a - b)))
    expect(await positions({ direction: BACKWARDS, fromPosition: END })).toEqual(forwards.toReversed())
  })

  it('includes the event at the position forwards, and not backwards', async () => {
    const [, , third = 0n, fourth = 0n] = (await collect(store.client.readStream(stream))).map(
      ({ event }) => event?.position?.commit,
    )
    const from = (commit: bigint) => ({ fromPosition: { commit, prepare: commit } })
    expect(await positions({ ...from(third), maxCount: 2 })).toEqual([third, fourth])
    expect(await positions({ ...from(fourth), direction: BACKWARDS, maxCount: 1 })).toEqual([third])
  })

  it('finds its place from a position between two events', async () => {
    const [, second = 0n] = (await collect(store.client.readStream(stream))).map(
      ({ event }) => event?.position?.commit,
    )
    expect(
      await positions({ fromPosition: { commit: second - 1n, prepare: second - 1n }, maxCount: 1 }),
    ).toEqual([second])
  })

  it('gives nothing forwards from the end and backwards from the start', async () => {
    expect(await positions({ fromPosition: END })).toEqual([])
    expect(await positions({ direction: BACKWARDS, fromPosition: START })).toEqual([])
  })
})
