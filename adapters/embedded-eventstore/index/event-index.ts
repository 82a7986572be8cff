import { float64Column, uint32Column } from './columns.ts'
import { hashText } from './hash.ts'
import { HashTable } from './hash-table.ts'
import { NameTable } from './name-table.ts'
import { OrdinalLists } from './ordinal-lists.ts'

/**
 * What is known of every event without reading it: its position, its stream, its place in the stream, and a hash of
 * its id. Events are numbered in log order (their ordinal); streams in order of appearance.
 */
export class EventIndex {
  readonly names = new NameTable()
  readonly #position = float64Column()
  readonly #streamOf = uint32Column()
  readonly #idHash = uint32Column()
  readonly #byId = new HashTable((ordinal) => this.#idHash.get(ordinal))
  readonly #lists = new OrdinalLists()
  readonly #lastBlock = uint32Column()
  readonly #count = uint32Column()
  /** The number + 1 of the stream that holds this stream's metadata. */
  readonly #metadataStream = uint32Column()
  /** Metadata streams of streams that are not there, by the name of these. */
  readonly #orphans = new Map<string, number>()
  readonly #tombstones = new Map<number, number>()

  /** How many events there are. */
  get count(): number {
    return this.#position.length
  }

  position(ordinal: number): number {
    return this.#position.get(ordinal)
  }

  streamOf(ordinal: number): number {
    return this.#streamOf.get(ordinal)
  }

  idHash(ordinal: number): number {
    return this.#idHash.get(ordinal)
  }

  isTombstone(ordinal: number): boolean {
    return this.#tombstones.get(this.streamOf(ordinal)) === ordinal
  }

  /** The number of a stream that has or had events, or -1. */
  stream(name: Uint8Array): number {
    return this.names.find(name)
  }

  addStream(name: Uint8Array): number {
    const stream = this.names.add(name)
    this.#lastBlock.push(0)
    this.#count.push(0)
    const ofMetadata = name[0] === 0x24 && name[1] === 0x24
    this.#metadataStream.push(ofMetadata ? 0 : this.#adopt(name) + 1)
    if (ofMetadata) this.#describe(name.subarray(2), stream)
    return stream
  }

  /** The metadata stream that was there before the stream itself, or -1. */
  #adopt(name: Uint8Array): number {
    if (this.#orphans.size === 0) return -1
    const key = Buffer.from(name).toString('latin1')
    const metadata = this.#orphans.get(key) ?? -1
    this.#orphans.delete(key)
    return metadata
  }

  #describe(name: Uint8Array, metadataStream: number): void {
    const described = this.names.find(name)
    if (described >= 0) this.#metadataStream.set(described, metadataStream + 1)
    else this.#orphans.set(Buffer.from(name).toString('latin1'), metadataStream)
  }

  /** The number of the stream `$$name`, or -1. */
  metadataStream(stream: number): number {
    return this.#metadataStream.get(stream) - 1
  }

  /** How many revisions the stream has had; truncated ones count. */
  revisions(stream: number): number {
    return this.#count.get(stream)
  }

  isTombstoned(stream: number): boolean {
    return this.#tombstones.has(stream)
  }

  /** The ordinal of the stream's tombstone, or -1. */
  tombstone(stream: number): number {
    return this.#tombstones.get(stream) ?? -1
  }

  ordinal(stream: number, revision: number): number {
    return this.#lists.get(this.#lastBlock.get(stream), revision)
  }

  add(stream: number, position: number, idHash: number, tombstone: boolean): void {
    const ordinal = this.#position.length
    this.#position.push(position)
    this.#streamOf.push(stream)
    this.#idHash.push(idHash)
    if (tombstone) {
      this.#tombstones.set(stream, ordinal)
      return
    }
    this.#byId.add(idHash, ordinal)
    const revision = this.#count.get(stream)
    this.#lastBlock.set(stream, this.#lists.push(this.#lastBlock.get(stream), revision, ordinal))
    this.#count.set(stream, revision + 1)
  }

  /** Forgets the newest events until `count` are left. Their streams stay known, with no revisions. */
  cut(count: number): void {
    for (let ordinal = this.count - 1; ordinal >= count; ordinal--) {
      const stream = this.streamOf(ordinal)
      if (this.isTombstone(ordinal)) {
        this.#tombstones.delete(stream)
        continue
      }
      this.#byId.remove(this.idHash(ordinal), ordinal)
      const revisions = this.#count.get(stream) - 1
      this.#count.set(stream, revisions)
      this.#lastBlock.set(stream, this.#lists.cut(this.#lastBlock.get(stream), revisions))
    }
    this.#position.length = count
    this.#streamOf.length = count
    this.#idHash.length = count
  }

  /** The events of this stream that may have this id: those with its hash. */
  withId(stream: number, id: string): number[] {
    const candidates: number[] = []
    this.#byId.find(idHashOf(stream, id), (ordinal) => {
      if (this.streamOf(ordinal) === stream) candidates.push(ordinal)
      return false
    })
    return candidates
  }

  /** The first ordinal whose position is not below `position`. */
  ordinalAt(position: number): number {
    let low = 0
    for (let high = this.count; low < high; ) {
      const middle = Math.floor((low + high) / 2)
      if (this.position(middle) < position) low = middle + 1
      else high = middle
    }
    return low
  }
}

export const idHashOf = (stream: number, id: string): number => hashText(id, stream)
