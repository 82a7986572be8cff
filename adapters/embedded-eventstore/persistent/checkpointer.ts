import { LogReader } from '../log/reader.ts'
import type { Store } from '../store/store.ts'
import type { Delivery } from './consumer.ts'
import type { GroupStream } from './group-stream.ts'
import type { GroupConfig } from './settings.ts'

/** Remembers how far a group is: behind the last event before which none is open. */
export class Checkpointer {
  readonly #config: GroupConfig
  readonly #stream: GroupStream
  readonly #onWritten: () => void
  readonly #held = new Set<Delivery>()
  #text: string
  #sequence = 0
  #writtenAtMs = performance.now()
  #writing = false

  constructor(store: Store, config: GroupConfig, stream: GroupStream, onWritten: () => void) {
    this.#onWritten = onWritten
    this.#config = config
    this.#stream = stream
    this.#text = storedText(store, stream)
  }

  /** The last checkpoint written, or empty. */
  get text(): string {
    return this.#text
  }

  hold(delivery: Delivery): void {
    this.#held.add(delivery)
  }

  release(delivery: Delivery): void {
    this.#held.delete(delivery)
  }

  /** Whether it is worth finding out how far the group is. */
  isDue(sequence: number, timed: boolean): boolean {
    return timed || sequence - this.#sequence >= this.#config.settings.maxCheckpointCount
  }

  /** Writes a checkpoint when enough events are settled, or some and the time has come. */
  consider(
    open: readonly Delivery[],
    passed: { key: number; sequence: number },
    textOf: (key: number) => string,
    timed: boolean,
  ): void {
    const { minCheckpointCount, maxCheckpointCount, checkpointAfterMs } = this.#config.settings
    const safe = behindAll([...open, ...this.#held], passed)
    const count = safe.sequence - this.#sequence
    const due =
      timed && count >= minCheckpointCount && performance.now() - this.#writtenAtMs >= checkpointAfterMs
    if (this.#writing || count <= 0 || !(due || count >= maxCheckpointCount)) return
    const text = textOf(safe.key)
    if (text !== '' && text !== this.#text) this.#write(text, safe.sequence)
  }

  async delete(): Promise<void> {
    await this.#stream.delete()
  }

  #write(text: string, sequence: number): void {
    this.#writing = true
    const isFirst = this.#stream.range().last < 0
    const written = isFirst ? this.#stream.setMetadata({ $maxCount: 2 }) : Promise.resolve()
    written
      .then(() => this.#stream.write('$SubscriptionCheckpoint', text))
      .then(() => {
        this.#text = text
        this.#sequence = sequence
        this.#writtenAtMs = performance.now()
        this.#writing = false
        // Events settled meanwhile were not considered.
        this.#onWritten()
      })
      // The next tick tries again; until then a restart delivers a little more twice.
      .catch(() => {
        this.#writing = false
      })
  }
}

const behindAll = (open: readonly Delivery[], passed: { key: number; sequence: number }) => {
  let safe = passed
  for (const { key, sequence, replayed } of open) {
    if (!replayed && key - 1 < safe.key) safe = { key: key - 1, sequence: sequence - 1 }
  }
  return safe
}

const storedText = (store: Store, stream: GroupStream): string => {
  const { first, last } = stream.range()
  if (last < first) return ''
  const { data } = new LogReader(store.log).seek(store.index.position(stream.ordinal(last)))
  const text: unknown = JSON.parse(data.toString())
  return typeof text === 'string' ? text : ''
}
