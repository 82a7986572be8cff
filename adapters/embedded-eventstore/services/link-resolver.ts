import { LogReader } from '../log/reader.ts'
import type { RecordView } from '../log/record-view.ts'
import { readableRange } from '../store/readable-range.ts'
import type { Store } from '../store/store.ts'

/** Finds the events that links point to. */
export class LinkResolver {
  readonly #store: Store
  readonly #reader: LogReader

  constructor(store: Store) {
    this.#store = store
    this.#reader = new LogReader(store.log)
  }

  /** The target, or undefined where it is missing, truncated, aged out or deleted. */
  target(link: RecordView): RecordView | undefined {
    const pointer = link.data.toString()
    const at = pointer.indexOf('@')
    const revision = Number(pointer.slice(0, at))
    const name = Buffer.from(pointer.slice(at + 1))
    const stream = at > 0 ? this.#store.index.stream(name) : -1
    if (stream < 0 || !Number.isSafeInteger(revision) || this.#store.streams.isTombstoned(name))
      return undefined
    const { first, last, oldestMs } = readableRange(this.#store, stream)
    if (revision < first || revision > last) return undefined
    const view = this.#reader.seek(this.#store.index.position(this.#store.index.ordinal(stream, revision)))
    return view.createdMs < oldestMs ? undefined : view
  }
}
