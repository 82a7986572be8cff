import type { EventIndex } from '../index/event-index.ts'
import type { Log } from '../log/log.ts'
import { LogReader } from '../log/reader.ts'
import type { RecordView } from '../log/record-view.ts'
import type { StreamState } from './expected.ts'
import { metadataOfMetadata, noMetadata, parseMetadata, type StreamMetadata } from './stream-metadata.ts'

const metadataPrefix = Buffer.from('$$')
const cachedMetadata = 50_000

export const isMetadataStream = (name: Uint8Array): boolean => name[0] === 0x24 && name[1] === 0x24
export const metadataStreamOf = (name: Uint8Array): Buffer => Buffer.concat([metadataPrefix, name])

/** What is known of each stream, the newest appends included. */
export class Streams {
  readonly #index: EventIndex
  readonly #lookup: LogReader
  readonly #visible: () => number
  readonly #metadata = new Map<number, StreamMetadata>()

  constructor(index: EventIndex, log: Log, visible: () => number) {
    this.#index = index
    this.#lookup = new LogReader(log)
    this.#visible = visible
  }

  isTombstoned(stream: Uint8Array): boolean {
    const number = this.#index.stream(stream)
    if (number >= 0 && this.#index.isTombstoned(number)) return true
    // With its stream, a metadata stream is gone as well.
    return isMetadataStream(stream) && this.isTombstoned(stream.subarray(2))
  }

  metadata(stream: number): StreamMetadata {
    if (isMetadataStream(this.#index.names.bytes(stream))) return metadataOfMetadata
    const source = this.#index.metadataStream(stream)
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
    const revisions = this.#index.revisions(stream)
    if (this.#visible() === this.#index.count) return revisions - 1
    let low = 0
    for (let high = revisions; low < high; ) {
      const middle = (low + high) >>> 1
      if (this.#index.ordinal(stream, middle) < this.#visible()) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** The data of a stream's last event; a view, good until the next question. */
  lastData(stream: number): Buffer {
    return this.#lastEvent(stream)?.data ?? Buffer.alloc(0)
  }

  /** The metadata of this stream have changed. */
  forget(stream: number): void {
    this.#metadata.delete(stream)
  }

  forgetAll(): void {
    this.#metadata.clear()
  }

  state(name: Buffer): StreamState {
    const index = this.#index
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

  #lastEvent(stream: number): RecordView | undefined {
    const revisions = stream < 0 ? 0 : this.#index.revisions(stream)
    return revisions === 0 ? undefined : this.#event(stream, revisions - 1)
  }

  #event(stream: number, revision: number): RecordView {
    return this.#lookup.seek(this.#index.position(this.#index.ordinal(stream, revision)))
  }

  #revisionOf(stream: number, id: string): number {
    if (stream < 0) return -1
    let revision = -1
    for (const ordinal of this.#index.withId(stream, id)) {
      const view = this.#lookup.seek(this.#index.position(ordinal))
      // An id may be there more than once; the newest counts.
      if (view.id === id) revision = Math.max(revision, view.revision)
    }
    return revision
  }
}
