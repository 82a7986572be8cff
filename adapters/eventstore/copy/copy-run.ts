import { randomUUID } from 'node:crypto'
import { Message } from '#adapters/embedded-eventstore/protocol/message.ts'
import { parseMetadata } from '#adapters/embedded-eventstore/store/stream-metadata.ts'
import { Appender, type Expected } from './appender.ts'
import { CallFailed, type Connection } from './connection.ts'
import type { RawEvent } from './raw-event.ts'
import { tombstoneType } from './users-events.ts'

const windowEvents = 500
const windowBytes = 400_000

/** Gathers runs of one stream's events into appends, and appends into windows that are settled together. */
export class CopyRun {
  readonly #target: Connection
  readonly #appender: Appender
  readonly #progressStream: string
  readonly #lastRevision = new Map<string, number>()
  #run: RawEvent[] = []
  #underWay: Promise<void>[] = []
  #windowEvents = 0
  #windowBytes = 0

  constructor(target: Connection, progressStream: string) {
    this.#target = target
    this.#appender = new Appender(target)
    this.#progressStream = progressStream
  }

  /** Takes the next event of the log; true when a window was settled with it. */
  async take(event: RawEvent): Promise<boolean> {
    if (event.type === tombstoneType) {
      await this.#end(event, event.stream, 'Tombstone')
      return true
    }
    if (isDeletion(event)) {
      await this.#end(event, event.stream.slice(2), 'Delete')
      return true
    }
    const before = this.#run.at(-1)
    if (before && (before.stream !== event.stream || before.revision + 1 !== event.revision)) this.#sendRun()
    this.#run.push(event)
    this.#windowEvents++
    this.#windowBytes += event.data.length + event.metadata.length
    if (this.#windowEvents < windowEvents && this.#windowBytes < windowBytes) return false
    await this.save(event.position)
    return true
  }

  /** Waits until all is written, then notes in the target that the copy has come this far. */
  async save(position: number): Promise<void> {
    this.#sendRun()
    await Promise.all(this.#underWay)
    this.#underWay = []
    this.#windowEvents = 0
    this.#windowBytes = 0
    const noted: RawEvent = {
      id: randomUUID(),
      stream: this.#progressStream,
      revision: 0,
      position: 0,
      type: '$copied',
      contentType: 'application/json',
      metadata: Buffer.alloc(0),
      data: Buffer.from(`${position}`),
    }
    await this.#appender.append(this.#progressStream, 'any', [noted])
  }

  close(): void {
    this.#appender.close()
  }

  #sendRun(): void {
    const [first] = this.#run
    if (!first) return
    const sent = this.#appender.append(first.stream, this.#expectedBefore(first), this.#run)
    // Settled in `save`; until then a failure must not count as unhandled.
    sent.catch(() => {})
    this.#underWay.push(sent)
    this.#lastRevision.set(first.stream, this.#run.at(-1)?.revision ?? 0)
    this.#run = []
  }

  /** Exact where it can be, so that a target that already has other events in the stream is noticed at once. */
  #expectedBefore({ stream, revision }: RawEvent): Expected {
    // The target adds to metadata by itself when a deleted stream comes back.
    if (stream.startsWith('$$')) return 'any'
    if (revision === 0) return 'none'
    return this.#lastRevision.get(stream) === revision - 1 ? revision - 1 : 'any'
  }

  /** Ends a stream as the source did. Noted before and after: repeated later, it would end what had come back since. */
  async #end(event: RawEvent, stream: string, method: 'Delete' | 'Tombstone'): Promise<void> {
    await this.save(event.position - 1)
    const request = new Message().message(1, (options) =>
      options.message(1, (name) => name.text(3, stream)).empty(4),
    )
    try {
      await this.#target.unary(`/event_store.client.streams.Streams/${method}`, request)
    } catch (error) {
      // An interrupted run may have come as far as this.
      if (!(error instanceof CallFailed && error.exception === 'stream-deleted')) throw error
    }
    await this.save(event.position)
  }
}

/** Metadata that delete their stream: written like other metadata, they would bring back one that is deleted already. */
const isDeletion = ({ stream, data }: RawEvent): boolean =>
  stream.startsWith('$$') && parseMetadata(data).deleted
