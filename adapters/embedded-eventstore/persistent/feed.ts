import { LogReader } from '../log/reader.ts'
import type { Store } from '../store/store.ts'
import type { Delivery } from './consumer.ts'
import type { GroupConfig } from './settings.ts'
import { type GroupSource, sourceOf } from './source.ts'

/** Reads ahead of the consumers, a little: references to events, not events. */
export class Feed {
  readonly source: GroupSource
  readonly #store: Store
  readonly #config: GroupConfig
  readonly #reader: LogReader
  buffer: Delivery[] = []
  /** How many events the source has passed, taken or not. */
  sequence = 0
  lastKey = -1

  constructor(store: Store, config: GroupConfig) {
    this.#store = store
    this.#config = config
    this.#reader = new LogReader(store.log)
    this.source = sourceOf(store, config)
  }

  /** Reads one batch, if there is room; whether anything came of it. */
  fill(): boolean {
    const { historyBufferSize, readBatchSize } = this.#config.settings
    const present = this.buffer.length
    const wanted = Math.min(historyBufferSize, present + readBatchSize)
    while (this.buffer.length < wanted) {
      const before = this.source.passed
      const fetched = this.source.next()
      this.sequence += this.source.passed - before
      if (!fetched) break
      this.buffer.push(this.delivery(fetched.ordinal, fetched.key, false))
      this.lastKey = fetched.key
    }
    return this.buffer.length > present
  }

  delivery(ordinal: number, key: number, replayed: boolean): Delivery {
    const { id } = this.#reader.seek(this.#store.index.position(ordinal))
    return { ordinal, key, sequence: this.sequence, id, retries: 0, replayed, sentAtMs: 0 }
  }
}
