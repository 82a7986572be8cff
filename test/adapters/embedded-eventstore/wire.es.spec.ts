import { type ClientHttp2Session, connect } from 'node:http2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LaunchedEventStore, launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { Fields } from '#adapters/embedded-eventstore/protocol/fields.ts'
import { Message } from '#adapters/embedded-eventstore/protocol/message.ts'
import { MessageReader } from '#adapters/embedded-eventstore/protocol/message-reader.ts'
import { parseUuid } from '#adapters/embedded-eventstore/protocol/shared-messages.ts'
import { temporaryFolder } from './node.ts'

// What no official client sends: a server has to answer it all the same.
const held: { node?: LaunchedEventStore; session?: ClientHttp2Session } = {}
const folder = temporaryFolder()
beforeAll(async () => {
  held.node = await launchEmbeddedEventStore({ dataDir: folder.path })
  held.session = connect(`http://127.0.0.1:${held.node.port}`)
})
afterAll(async () => {
  held.session?.destroy()
  await held.node?.stop()
  folder.remove()
})

const streams = '/event_store.client.streams.Streams'
type Answer = { messages: Buffer[]; trailers: Record<string, unknown> }

const call = (path: string, frames: Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const stream = held.session?.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      ...headers,
    })
    if (!stream) throw new Error('not connected')
    const answer: Answer = { messages: [], trailers: {} }
    const reader = new MessageReader((message) => answer.messages.push(message))
    stream.on('response', (received) => Object.assign(answer.trailers, received))
    stream.on('trailers', (received) => Object.assign(answer.trailers, received))
    stream.on('data', (chunk: Buffer) => reader.push(chunk))
    stream.on('error', reject)
    stream.on('close', () => resolve(answer))
    stream.end(frames)
  })

const statusOf = async (path: string, frames: Buffer, headers?: Record<string, string>) => {
  const { trailers } = await call(path, frames, headers)
  return Number(trailers['grpc-status'])
}

type Build = (message: Message) => Message
const fromStart: Build = (options) => options.message(2, (all) => all.empty(2))
const count: Build = (options) => options.number(5, 3)
const noFilter: Build = (options) => options.empty(8)
const textual: Build = (options) => options.message(9, (uuid) => uuid.empty(2))
const structured: Build = (options) => options.message(9, (uuid) => uuid.empty(1))
const readRequest = (...parts: Build[]): Buffer =>
  new Message().message(1, (options) => parts.reduce((built, part) => part(built), options)).framed()

describe('a read', () => {
  it.each([
    ['has no options', new Message().framed()],
    ['names no source', readRequest(count, noFilter, textual)],
    ['gives neither a count nor a subscription', readRequest(fromStart, noFilter, textual)],
    ['does not say how to write UUIDs', readRequest(fromStart, count, noFilter)],
    ['subscribes backwards', readRequest(fromStart, (o) => o.number(3, 1).empty(6), noFilter, textual)],
    [
      'filters a stream',
      readRequest(
        (o) => o.message(1, (s) => s.message(1, (n) => n.text(3, 's')).empty(3)),
        count,
        (o) => o.message(7, (f) => f.number(5, 1)),
        textual,
      ),
    ],
    [
      'has a checkpoint interval of 0',
      readRequest(fromStart, count, (o) => o.message(7, (f) => f.number(3, 10)), textual),
    ],
    [
      'has a commit position before its prepare position',
      readRequest(
        (o) => o.message(2, (all) => all.message(1, (p) => p.number(1, 1).number(2, 5))),
        count,
        noFilter,
        textual,
      ),
    ],
    [
      'filters by what is no regular expression',
      readRequest(
        fromStart,
        count,
        (o) => o.message(7, (f) => f.number(5, 1).message(2, (e) => e.text(1, '(('))),
        textual,
      ),
    ],
    [
      'reads a stream without a name',
      readRequest((o) => o.message(1, (s) => s.empty(3)), count, noFilter, textual),
    ],
  ])('that %s is an invalid argument', async (_name, request) => {
    expect(await statusOf(`${streams}/Read`, request)).toBe(3)
  })

  it('gives UUIDs as two numbers when that is asked for', async () => {
    const idOf = async (form: Build): Promise<string> => {
      const { messages } = await call(
        `${streams}/Read`,
        readRequest(fromStart, (o) => o.number(5, 1), noFilter, form),
      )
      const response = new Fields(messages[0] ?? Buffer.alloc(0))
      response.next()
      const read = response.message()
      read.next()
      const event = read.message()
      event.next()
      return parseUuid(event.bytes())
    }
    expect(await idOf(structured)).toBe(await idOf(textual))
  })

  it('filters a read of $all too', async () => {
    const filter: Build = (o) => o.message(7, (f) => f.number(5, 1).message(2, (e) => e.text(2, '$Settings')))
    const { messages, trailers } = await call(
      `${streams}/Read`,
      readRequest(fromStart, count, filter, textual),
    )
    expect(messages).toHaveLength(1)
    expect(trailers['grpc-status']).toBe('0')
  })

  it('ends when its deadline has passed', async () => {
    const forever = readRequest(fromStart, (o) => o.empty(6), noFilter, textual)
    expect(await statusOf(`${streams}/Read`, forever, { 'grpc-timeout': '100m' })).toBe(4)
  })
})

describe('an append', () => {
  const options = new Message().message(1, (o) => o.message(1, (n) => n.text(3, 'wire')).empty(4)).framed()
  const proposed = (id: string, entries: readonly [string, string][]) =>
    new Message()
      .message(2, (message) => {
        message.message(1, (uuid) => uuid.text(2, id))
        for (const [key, value] of entries) message.message(2, (entry) => entry.text(1, key).text(2, value))
        return message
      })
      .framed()
  const id = '5f0c1b9e-7d0a-4b53-9f4b-0a6c5e8f1a11'
  const json: [string, string] = ['content-type', 'application/json']

  it('without a type names the metadata that are needed', async () => {
    const { trailers } = await call(`${streams}/Append`, Buffer.concat([options, proposed(id, [json])]))
    expect(trailers).toMatchObject({
      'grpc-status': '3',
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': 'type,content-type',
    })
  })

  it.each([
    ['an id that is none', 'not-a-uuid'],
    ['an empty id', '00000000-0000-0000-0000-000000000000'],
  ])('with %s is an invalid argument', async (_name, badId) => {
    expect(
      await statusOf(`${streams}/Append`, Buffer.concat([options, proposed(badId, [['type', 'T'], json])])),
    ).toBe(3)
  })

  it('takes an id in capital letters as the same', async () => {
    const revisions: number[] = []
    for (const written of [id, id.toUpperCase()]) {
      const { messages } = await call(
        `${streams}/Append`,
        Buffer.concat([options, proposed(written, [['type', 'T'], json])]),
      )
      const response = new Fields(messages[0] ?? Buffer.alloc(0))
      response.next()
      const success = response.message()
      success.next()
      revisions.push(success.number)
    }
    expect(revisions).toEqual([0, 0])
  })

  it.each(['', '$$'])("to the stream '%s' is an invalid argument", async (name) => {
    const target = new Message().message(1, (o) => o.message(1, (n) => n.text(3, name)).empty(4)).framed()
    expect(
      await statusOf(`${streams}/Append`, Buffer.concat([target, proposed(id, [['type', 'T'], json])])),
    ).toBe(3)
  })
})

describe('the server', () => {
  it.each([
    [
      'a method it does not know',
      '/event_store.client.operations.Operations/StartScavenge',
      new Message().framed(),
      12,
    ],
    ['a compressed message', `${streams}/Read`, Buffer.from([1, 0, 0, 0, 1, 0]), 12],
    ['a message that is not protobuf', `${streams}/Read`, Buffer.from([0, 0, 0, 0, 2, 0x0a, 0xff]), 13],
    ['a message said to be larger than allowed', `${streams}/Append`, Buffer.from([0, 0x7f, 0, 0, 0, 0]), 8],
  ])('answers %s with a status', async (_name, path, frames, status) => {
    expect(await statusOf(path, frames)).toBe(status)
  })

  it('keeps names that are not ASCII readable in trailers', async () => {
    const target = new Message()
      .message(1, (o) => o.message(1, (n) => n.text(3, 'größe')).number(2, 4))
      .framed()
    const { trailers } = await call(`${streams}/Delete`, target)
    expect(trailers).toMatchObject({
      exception: 'wrong-expected-version',
      'stream-name': 'gr%C3%B6%C3%9Fe',
      'expected-version': '4',
    })
    expect(decodeURI(`${trailers['grpc-message']}`)).toContain('größe')
  })
})
