import { randomUUID } from 'node:crypto'
import type { ClientHttp2Stream } from 'node:http2'
import { Fields } from '#adapters/embedded-eventstore/protocol/fields.ts'
import { Message } from '#adapters/embedded-eventstore/protocol/message.ts'
import { parseUuid } from '#adapters/embedded-eventstore/protocol/shared-messages.ts'
import { answersOf, type Connection } from './connection.ts'
import type { RawEvent } from './raw-event.ts'

const batchAppend = '/event_store.client.streams.Streams/BatchAppend'
const deadlineS = 30

export type Expected = number | 'none' | 'any'

type Waiting = { stream: string; resolve: () => void; reject: (error: Error) => void }

/** Appends in order over one call, many under way at once. */
export class Appender {
  readonly #stream: ClientHttp2Stream
  readonly #waiting = new Map<string, Waiting>()
  #failure: Error | undefined

  constructor(connection: Connection) {
    this.#stream = connection.open(batchAppend)
    this.#listen().catch((error: unknown) =>
      this.#fail(error instanceof Error ? error : new Error(String(error))),
    )
  }

  append(stream: string, expected: Expected, events: readonly RawEvent[]): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure)
    const correlationId = randomUUID()
    return new Promise((resolve, reject) => {
      this.#waiting.set(correlationId, { stream, resolve, reject })
      this.#stream.write(batchRequest(correlationId, stream, expected, events).framed())
    })
  }

  close(): void {
    this.#stream.end()
  }

  async #listen(): Promise<void> {
    for await (const answer of answersOf(this.#stream, batchAppend)) {
      const { correlationId, error } = parseAnswer(answer)
      const waiting = this.#waiting.get(correlationId)
      this.#waiting.delete(correlationId)
      if (error) waiting?.reject(new Error(`${waiting.stream} could not be written: ${error}`))
      else waiting?.resolve()
    }
    this.#fail(new Error('the target closed the connection'))
  }

  #fail(error: Error): void {
    this.#failure = error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

const batchRequest = (
  correlationId: string,
  stream: string,
  expected: Expected,
  events: readonly RawEvent[],
): Message => {
  const request = new Message()
    .message(1, (uuid) => uuid.text(2, correlationId))
    .message(2, (options) => {
      options.message(1, (name) => name.text(3, stream))
      if (typeof expected === 'number') options.number(2, expected)
      else options.empty(expected === 'none' ? 3 : 4)
      return options.message(6, (at) => at.number(1, Math.floor(Date.now() / 1000) + deadlineS))
    })
  for (const event of events) {
    request.message(3, (message) => {
      message
        .message(1, (uuid) => uuid.text(2, event.id))
        .message(2, (entry) => entry.text(1, 'type').text(2, event.type))
        .message(2, (entry) => entry.text(1, 'content-type').text(2, event.contentType))
      if (event.metadata.length > 0) message.bytes(3, event.metadata)
      return message.bytes(4, event.data)
    })
  }
  return request.number(4, 1)
}

const parseAnswer = (bytes: Buffer): { correlationId: string; error: string | undefined } => {
  const fields = new Fields(bytes)
  const answer = { correlationId: '', error: undefined as string | undefined }
  while (fields.next()) {
    if (fields.no === 1) answer.correlationId = parseUuid(fields.bytes())
    else if (fields.no === 2) answer.error = parseError(fields.message())
  }
  return answer
}

const parseError = (status: Fields): string => {
  let text = 'unknown error'
  while (status.next()) if (status.no === 2) text = status.text() || text
  return text
}
