import { createHash } from 'node:crypto'
import { Fields } from '#adapters/embedded-eventstore/protocol/fields.ts'
import { Message } from '#adapters/embedded-eventstore/protocol/message.ts'
import { parseStreamIdentifier, parseUuid } from '#adapters/embedded-eventstore/protocol/shared-messages.ts'
import type { Connection } from './connection.ts'

/** An event with its data and metadata as the bytes they are stored as. */
export type RawEvent = {
  id: string
  stream: string
  revision: number
  position: number
  type: string
  contentType: string
  metadata: Buffer
  data: Buffer
}

const read = '/event_store.client.streams.Streams/Read'
const everything = Number.MAX_SAFE_INTEGER

const readAllRequest = (from: number | 'start' | 'end', count: number, backwards: boolean): Message =>
  new Message().message(1, (options) =>
    options
      .message(2, (all) => {
        if (from === 'start') return all.empty(2)
        if (from === 'end') return all.empty(3)
        return all.message(1, (position) => position.number(1, from).number(2, from))
      })
      .number(3, backwards ? 1 : 0)
      .number(5, count)
      .empty(8)
      .message(9, (uuid) => uuid.empty(2)),
  )

/** The events of `$all` from a position on, that one included. */
export async function* readAll(connection: Connection, from: number | 'start'): AsyncGenerator<RawEvent> {
  for await (const response of connection.call(read, readAllRequest(from, everything, false))) {
    const event = parseReadResponse(response)
    if (event) yield event
  }
}

/** The first or the last event of `$all`. */
export const edgeOf = async (connection: Connection, edge: 'start' | 'end'): Promise<RawEvent | undefined> =>
  parseReadResponse(await connection.unary(read, readAllRequest(edge, 1, edge === 'end')))

/** The data of a stream's last event. */
export const lastOf = async (connection: Connection, stream: string): Promise<RawEvent | undefined> => {
  const request = new Message().message(1, (options) =>
    options
      .message(1, (source) => source.message(1, (name) => name.text(3, stream)).empty(4))
      .number(3, 1)
      .number(5, 1)
      .empty(8)
      .message(9, (uuid) => uuid.empty(2)),
  )
  return parseReadResponse(await connection.unary(read, request))
}

const parseReadResponse = (bytes: Buffer): RawEvent | undefined => {
  const response = new Fields(bytes)
  while (response.next()) {
    if (response.no !== 1) continue
    const event = response.message()
    while (event.next()) if (event.no === 1) return parseRecordedEvent(event.message())
  }
  return undefined
}

const parseRecordedEvent = (fields: Fields): RawEvent => {
  const none: Buffer = Buffer.alloc(0)
  const event: RawEvent = {
    id: '',
    stream: '',
    revision: 0,
    position: 0,
    type: '',
    contentType: '',
    metadata: none,
    data: none,
  }
  while (fields.next()) {
    switch (fields.no) {
      case 1:
        event.id = parseUuid(fields.bytes())
        break
      case 2:
        event.stream = parseStreamIdentifier(fields.bytes()).toString()
        break
      case 3:
        event.revision = fields.number
        break
      case 5:
        event.position = fields.number
        break
      case 6:
        parseMetadata(fields.message(), event)
        break
      case 7:
        event.metadata = fields.bytes()
        break
      case 8:
        event.data = fields.bytes()
        break
    }
  }
  return event
}

const parseMetadata = (fields: Fields, event: RawEvent): void => {
  let key = ''
  let value = ''
  while (fields.next()) {
    if (fields.no === 1) key = fields.text()
    else value = fields.text()
  }
  if (key === 'type') event.type = value
  else if (key === 'content-type') event.contentType = value
}

/** Joins an event to the digest of all events of its stream before it. */
export const chainDigest = (before: string, event: RawEvent): string =>
  createHash('sha256')
    .update(`${before}\n${event.id}\n${event.type}\n${event.contentType}\n${event.metadata.length}\n`)
    .update(event.metadata)
    .update(event.data)
    .digest('base64')
