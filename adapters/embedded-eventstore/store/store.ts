import { randomUUID } from 'node:crypto'
import { type EventIndex, idHashOf } from '../index/event-index.ts'
import type { Log } from '../log/log.ts'
import { flag, type NewEvent } from '../log/record.ts'
import { tombstoneRevision } from '../protocol/varint.ts'
import { type AppendOutcome, judgeAppend } from './expected.ts'
import { deletingMetadata, withTruncateBefore } from './stream-metadata.ts'
import { isMetadataStream, metadataStreamOf, Streams } from './streams.ts'
import { Wakeups } from './wakeups.ts'

const hiddenStream = /^\$epoch-information$|^\$persistentsubscription-\$all::.*-(checkpoint|parked)$/
const crowded = 32 * 1024 * 1024

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
  readonly streams: Streams
  readonly wakeups = new Wakeups()
  /** How many events are durable, and so may be seen. */
  visible: number

  constructor(index: EventIndex, log: Log) {
    this.index = index
    this.log = log
    this.visible = index.count
    this.streams = new Streams(index, log, () => this.visible)
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
    const state = this.streams.state(stream)
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
    const state = this.streams.state(stream)
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
    this.streams.forgetAll()
  }

  #append(stream: Buffer, expected: number, events: readonly NewEvent[]): AppendOutcome {
    const state = this.streams.state(stream)
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
    const revive = number >= 0 && this.streams.metadata(number).deleted
    const firstRevision = revive ? this.index.revisions(number) : 0
    const written = this.#write(stream, events, revive)
    if (!revive) return written
    const metadataStream = metadataStreamOf(subject)
    const present = this.streams.lastData(this.index.stream(metadataStream))
    const data = withTruncateBefore(present, firstRevision)
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
    if (isMetadataStream(stream)) this.streams.forget(this.index.stream(stream.subarray(2)))
    return { kind: 'appended', revision: first + events.length - 1, position: positions.at(-1) }
  }

  #numberOf(stream: Buffer): number {
    const known = this.index.stream(stream)
    return known >= 0 ? known : this.index.addStream(stream)
  }
}
