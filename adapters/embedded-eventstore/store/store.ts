import { randomUUID } from 'node:crypto'
import { type EventIndex, idHashOf } from '../index/event-index.ts'
import type { Log } from '../log/log.ts'
import { LogReader } from '../log/reader.ts'
import { flag, type NewEvent } from '../log/record.ts'
import type { RecordView } from '../log/record-view.ts'
import { tombstoneRevision } from '../protocol/varint.ts'
import { type AppendOutcome, judgeAppend, type StreamState } from './expected.ts'
import {
  deletingMetadata,
  metadataOfMetadata,
  noMetadata,
  parseMetadata,
  type StreamMetadata,
  withTruncateBefore,
} from './stream-metadata.ts'
import { Wakeups } from './wakeups.ts'

const metadataPrefix = Buffer.from('$$')
const hiddenStream = /^\$epoch-information$|^\$persistentsubscription-\$all::.*-(checkpoint|parked)$/
const crowded = 32 * 1024 * 1024
const cachedMetadata = 50_000

export const isMetadataStream = (name: Uint8Array): boolean => name[0] === 0x24 && name[1] === 0x24
export const metadataStreamOf = (name: Uint8Array): Buffer => Buffer.concat([metadataPrefix, name])

const systemEvent = (type: string, data: Uint8Array, json = true): NewEvent => ({
  id: randomUUID(),
  type,
  json,
  metadata: Buffer.alloc(0),
  data,
})

/** Streams over the log: judges appends, keeps the index in step, and says what a reader may see. */
export class Store {
  readonly index: EventIndex
  readonly log: Log
  readonly wakeups = new Wakeups()
  /** How many events are durable, and so may be seen. */
  visible: number
  readonly #lookup: LogReader
  readonly #metadata = new Map<number, StreamMetadata>()

  constructor(index: EventIndex, log: Log) {
    this.index = index
    this.log = log
    this.visible = index.count
    this.#lookup = new LogReader(log)
  }

  /** Resolves once the events, or whatever the refusal rests on, are on disk. */
  async append(stream: Buffer, expected: number, events: readonly NewEvent[]): Promise<AppendOutcome> {
    while (this.log.pendingBytes > crowded) await this.log.commit()
    const outcome = this.#append(stream, expected, events)
    await this.log.commit()
    return outcome
  }

  /** Soft: the stream reads as missing until it is written to again. */
  async delete(stream: Buffer, expected: number): Promise<AppendOutcome> {
    const state = this.#stateOf(stream)
    const verdict = judgeAppend(state, expected, [randomUUID()])
    if (verdict.kind === 'deleted') return verdict
    if (verdict.kind !== 'write' || state.current < 0) {
      return { kind: 'wrong-revision', expected, current: state.current }
    }
    const written = this.#write(metadataStreamOf(stream), [systemEvent('$metadata', deletingMetadata)])
    await this.log.commit()
    return written
  }

  /** For ever: the name cannot be used again. */
  async tombstone(stream: Buffer, expected: number): Promise<AppendOutcome> {
    const state = this.#stateOf(stream)
    const verdict = judgeAppend(state, expected, [randomUUID()])
    if (verdict.kind === 'deleted') return verdict
    if (verdict.kind !== 'write') return { kind: 'wrong-revision', expected, current: state.current }
    const event = systemEvent('$streamDeleted', Buffer.alloc(0), false)
    const [position] = this.log.append(stream, [event], tombstoneRevision, flag.tombstone)
    const number = this.#numberOf(stream)
    this.index.add(number, position ?? 0, idHashOf(number, event.id), true)
    await this.log.commit()
    return { kind: 'appended', revision: tombstoneRevision, position }
  }

  isTombstoned(stream: Uint8Array): boolean {
    const number = this.index.stream(stream)
    if (number >= 0 && this.index.isTombstoned(number)) return true
    // With its stream, a metadata stream is gone as well.
    return isMetadataStream(stream) && this.isTombstoned(stream.subarray(2))
  }

  metadata(stream: number): StreamMetadata {
    if (isMetadataStream(this.index.names.bytes(stream))) return metadataOfMetadata
    const source = this.index.metadataStream(stream)
    if (source < 0) return noMetadata
    const known = this.#metadata.get(stream)
    if (known) return known
    const last = this.#lastEvent(source)
    const metadata = last ? parseMetadata(last.data) : noMetadata
    if (this.#metadata.size >= cachedMetadata) this.#metadata.clear()
    this.#metadata.set(stream, metadata)
    return metadata
  }

  /** The last revision that may be seen, or -1. */
  lastRevision(stream: number): number {
    const revisions = this.index.revisions(stream)
    if (this.visible === this.index.count) return revisions - 1
    let low = 0
    for (let high = revisions; low < high; ) {
      const middle = (low + high) >>> 1
      if (this.index.ordinal(stream, middle) < this.visible) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Called by the log: all that lies before its durable end may be seen. */
  publish(): void {
    const before = this.visible
    const end = this.log.durableEnd
    while (this.visible < this.index.count && this.index.position(this.visible) < end) this.visible++
    if (this.wakeups.followsStreams) {
      for (let ordinal = before; ordinal < this.visible; ordinal++) {
        this.wakeups.wakeStream(this.index.names.bytes(this.index.streamOf(ordinal)).toString())
      }
    }
    this.wakeups.wakeAll()
  }

  /** Called by the log: what was not durable is gone. */
  withdraw(): void {
    this.index.cut(this.visible)
    this.#metadata.clear()
  }

  #append(stream: Buffer, expected: number, events: readonly NewEvent[]): AppendOutcome {
    const state = this.#stateOf(stream)
    const ids = events.map(({ id }) => id)
    const verdict = judgeAppend(state, expected, ids)
    switch (verdict.kind) {
      case 'deleted':
        return verdict
      case 'wrong-revision':
        return { kind: 'wrong-revision', expected, current: state.current }
      case 'repeat':
        return this.#repeated(stream, verdict.revision)
      case 'write':
        if (events.length === 0) return { kind: 'appended', revision: state.current, position: undefined }
        return this.#writeAndRevive(stream, events)
    }
  }

  #repeated(stream: Buffer, revision: number): AppendOutcome {
    const ordinal = this.index.ordinal(this.index.stream(stream), revision)
    return { kind: 'appended', revision, position: this.index.position(ordinal) }
  }

  /** Writing to a deleted stream, or to its metadata, brings it back without its old events. */
  #writeAndRevive(stream: Buffer, events: readonly NewEvent[]): AppendOutcome {
    const subject = isMetadataStream(stream) ? stream.subarray(2) : stream
    const number = this.index.stream(subject)
    const revive = number >= 0 && this.metadata(number).deleted
    const firstRevision = revive ? this.index.revisions(number) : 0
    const written = this.#write(stream, events, revive)
    if (!revive) return written
    const metadataStream = metadataStreamOf(subject)
    const last = this.#lastEvent(this.index.stream(metadataStream))
    const data = withTruncateBefore(last?.data ?? Buffer.alloc(0), firstRevision)
    this.#write(metadataStream, [systemEvent('$metadata', data)])
    return written
  }

  /** With `more` to come, a crash keeps both or neither. */
  #write(stream: Buffer, events: readonly NewEvent[], more = false): AppendOutcome {
    const number = this.#numberOf(stream)
    const first = this.index.revisions(number)
    const hidden = stream[0] === 0x24 && hiddenStream.test(stream.toString()) ? flag.hidden : 0
    const positions = this.log.append(this.index.names.bytes(number), events, first, hidden, more)
    events.forEach((event, i) => {
      this.index.add(number, positions[i] ?? 0, idHashOf(number, event.id), false)
    })
    if (isMetadataStream(stream)) this.#metadata.delete(this.index.stream(stream.subarray(2)))
    return { kind: 'appended', revision: first + events.length - 1, position: positions.at(-1) }
  }

  #numberOf(stream: Buffer): number {
    const known = this.index.stream(stream)
    return known >= 0 ? known : this.index.addStream(stream)
  }

  #lastEvent(stream: number): RecordView | undefined {
    const revisions = stream < 0 ? 0 : this.index.revisions(stream)
    return revisions === 0 ? undefined : this.#event(stream, revisions - 1)
  }

  #event(stream: number, revision: number): RecordView {
    return this.#lookup.seek(this.index.position(this.index.ordinal(stream, revision)))
  }

  #stateOf(name: Buffer): StreamState {
    const { index } = this
    const stream = index.stream(name)
    const current = stream < 0 ? -1 : index.revisions(stream) - 1
    const metadataStream = stream < 0 ? index.stream(metadataStreamOf(name)) : index.metadataStream(stream)
    return {
      tombstoned: this.isTombstoned(name),
      softDeleted: stream >= 0 && this.metadata(stream).deleted,
      hasMetadata: metadataStream >= 0 && index.revisions(metadataStream) > 0,
      current,
      revisionOf: (id) => this.#revisionOf(stream, id),
      idAt: (revision) => (revision <= current ? this.#event(stream, revision).id : undefined),
    }
  }

  #revisionOf(stream: number, id: string): number {
    if (stream < 0) return -1
    let revision = -1
    for (const ordinal of this.index.withId(stream, id)) {
      const view = this.#lookup.seek(this.index.position(ordinal))
      // An id may be there more than once; the newest counts.
      if (view.id === id) revision = Math.max(revision, view.revision)
    }
    return revision
  }
}
