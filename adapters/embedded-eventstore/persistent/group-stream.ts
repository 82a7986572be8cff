import { randomUUID } from 'node:crypto'
import type { NewEvent } from '../log/record.ts'
import { expectedRevision } from '../store/expected.ts'
import { readableRange } from '../store/readable-range.ts'
import type { Store } from '../store/store.ts'
import { metadataStreamOf } from '../store/streams.ts'

const noBytes = Buffer.alloc(0)

const event = (type: string, data: string | object, metadata: object | undefined): NewEvent => ({
  id: randomUUID(),
  type,
  json: type !== '$>',
  metadata: metadata ? Buffer.from(JSON.stringify(metadata)) : noBytes,
  data: Buffer.from(type === '$>' ? `${data}` : JSON.stringify(data)),
})

/** A stream the group keeps for itself: its checkpoints, or links to what it has parked. */
export class GroupStream {
  readonly #store: Store
  readonly #name: Buffer

  constructor(store: Store, name: string) {
    this.#store = store
    this.#name = Buffer.from(name)
  }

  async write(type: string, data: string | object, metadata?: object): Promise<void> {
    await this.#store.append(this.#name, expectedRevision.any, [event(type, data, metadata)])
  }

  async setMetadata(metadata: object): Promise<void> {
    const stream = metadataStreamOf(this.#name)
    await this.#store.append(stream, expectedRevision.any, [event('$metadata', metadata, undefined)])
  }

  async delete(): Promise<void> {
    if (this.range().last >= 0) await this.#store.delete(this.#name, expectedRevision.any)
  }

  /** First and last readable revision; first is behind last when there is nothing. */
  range(): { first: number; last: number } {
    const stream = this.#store.index.stream(this.#name)
    return stream < 0 ? { first: 0, last: -1 } : readableRange(this.#store, stream)
  }

  ordinal(revision: number): number {
    return this.#store.index.ordinal(this.#store.index.stream(this.#name), revision)
  }
}
