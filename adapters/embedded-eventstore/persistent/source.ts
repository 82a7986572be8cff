import { LogReader } from '../log/reader.ts'
import type { RecordView } from '../log/record-view.ts'
import { matcherOf } from '../store/filter.ts'
import { readableRange } from '../store/readable-range.ts'
import type { Store } from '../store/store.ts'
import { allSource, type GroupConfig } from './settings.ts'

/** A place in the source: a revision of a stream, or an event's number in the log. */
export type Fetched = { ordinal: number; key: number }

/** The events a group is fed from, in order. */
export type GroupSource = {
  /** The next event, or undefined for now. */
  next(): Fetched | undefined
  /** Undefined came of a long search, not of the end. */
  readonly searching: boolean
  /** Key of the last event that was looked at, whether it was taken or not. */
  readonly passed: number
  /** A key as checkpoints and statistics show it; empty where there is none. */
  textOf(key: number): string
  /** Goes on behind a checkpoint's text. */
  resume(checkpoint: string): void
  onMore(wake: () => void): () => void
}

export const sourceOf = (store: Store, config: GroupConfig): GroupSource =>
  config.source === allSource ? new AllEvents(store, config) : new StreamEvents(store, config)

class StreamEvents implements GroupSource {
  readonly searching = false
  readonly #store: Store
  readonly #name: Buffer
  readonly #reader: LogReader
  #next: number

  constructor(store: Store, config: GroupConfig) {
    this.#store = store
    this.#name = Buffer.from(config.source)
    this.#reader = new LogReader(store.log)
    this.#next = config.firstKey
  }

  get passed(): number {
    return this.#next - 1
  }

  next(): Fetched | undefined {
    const stream = this.#store.index.stream(this.#name)
    if (stream < 0 || this.#store.streams.isTombstoned(this.#name)) return undefined
    for (;;) {
      const { first, last, oldestMs } = readableRange(this.#store, stream)
      this.#next = Math.max(this.#next, first)
      if (this.#next > last) return undefined
      const key = this.#next++
      const ordinal = this.#store.index.ordinal(stream, key)
      if (oldestMs > 0 && this.#reader.seek(this.#store.index.position(ordinal)).createdMs < oldestMs)
        continue
      return { ordinal, key }
    }
  }

  textOf(key: number): string {
    return key < 0 ? '' : `${key}`
  }

  resume(checkpoint: string): void {
    const revision = Number(checkpoint)
    if (Number.isSafeInteger(revision)) this.#next = revision + 1
  }

  onMore(wake: () => void): () => void {
    return this.#store.wakeups.onStream(this.#name.toString(), wake)
  }
}

const longestSearch = 4096

class AllEvents implements GroupSource {
  searching = false
  readonly #store: Store
  readonly #reader: LogReader
  readonly #matches: (view: RecordView) => boolean
  #next: number

  constructor(store: Store, config: GroupConfig) {
    this.#store = store
    this.#reader = new LogReader(store.log)
    this.#matches = config.filter ? matcherOf(config.filter) : () => true
    this.#next = store.index.ordinalAt(config.firstKey)
  }

  get passed(): number {
    return this.#next - 1
  }

  next(): Fetched | undefined {
    this.searching = false
    for (let searched = 0; this.#next < this.#store.visible; searched++) {
      if (searched === longestSearch) {
        this.searching = true
        return undefined
      }
      const ordinal = this.#next++
      const view = this.#reader.seek(this.#store.index.position(ordinal))
      if (!view.isHidden && this.#matches(view)) return { ordinal, key: ordinal }
    }
    return undefined
  }

  textOf(key: number): string {
    if (key < 0) return ''
    const position = this.#store.index.position(key)
    return `C:${position}/P:${position}`
  }

  resume(checkpoint: string): void {
    const commit = Number(/^C:(\d+)\/P:\d+$/.exec(checkpoint)?.[1] ?? Number.NaN)
    if (Number.isSafeInteger(commit)) this.#next = this.#store.index.ordinalAt(commit + 1)
  }

  onMore(wake: () => void): () => void {
    return this.#store.wakeups.onAll(wake)
  }
}
