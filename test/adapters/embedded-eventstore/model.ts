/** EventStoreDB's streams in their simplest form: lists in memory. What the real store must agree with. */
export type Outcome =
  | { kind: 'appended'; revision: number }
  | { kind: 'wrong-revision'; current: number }
  | { kind: 'deleted' }

type Metadata = { $tb?: number; $maxCount?: number }
type ModelStream = { ids: string[]; metadata: Metadata[]; tombstoned: boolean }

export const deletedMark = 2 ** 63

export class Model {
  readonly #streams = new Map<string, ModelStream>()
  /** Every event as `stream@revision`, in log order. */
  readonly all: string[] = []

  append(name: string, expected: number, ids: readonly string[]): Outcome {
    const stream = this.#stream(name)
    const current = stream.ids.length - 1
    if (stream.tombstoned) return { kind: 'deleted' }
    const wrong: Outcome = { kind: 'wrong-revision', current }
    const soft = this.isDeleted(name)
    if (expected === -4 && soft) return { kind: 'deleted' }
    if (expected === -4 && current < 0 && stream.metadata.length === 0) return wrong
    if (expected < -1) {
      const known = ids.map((id) => stream.ids.lastIndexOf(id))
      if (known.every((revision) => revision >= 0))
        return { kind: 'appended', revision: known.at(-1) ?? current }
      return known[0] === -1 ? this.#write(name, ids) : wrong
    }
    if (expected > current) return wrong
    if (expected === current) return this.#write(name, ids)
    const same = ids.map((id, i) => stream.ids[expected + 1 + i] === id)
    if (same.every((equal) => equal)) return { kind: 'appended', revision: expected + ids.length }
    return same[0] === false && expected === -1 && soft ? this.#write(name, ids) : wrong
  }

  delete(name: string): Outcome {
    const stream = this.#stream(name)
    if (stream.tombstoned) return { kind: 'deleted' }
    if (stream.ids.length === 0) return { kind: 'wrong-revision', current: -1 }
    return this.#writeMetadata(name, { $tb: deletedMark })
  }

  tombstone(name: string): Outcome {
    const stream = this.#stream(name)
    if (stream.tombstoned) return { kind: 'deleted' }
    stream.tombstoned = true
    this.all.push(`${name}@tombstone`)
    return { kind: 'appended', revision: deletedMark }
  }

  setMetadata(name: string, metadata: Metadata): Outcome {
    if (this.#stream(name).tombstoned) return { kind: 'deleted' }
    const wasDeleted = this.isDeleted(name)
    const outcome = this.#writeMetadata(name, metadata)
    if (wasDeleted) this.#writeMetadata(name, { ...metadata, $tb: this.#stream(name).ids.length })
    return outcome
  }

  isDeleted(name: string): boolean {
    const stream = this.#stream(name)
    return stream.ids.length > 0 && stream.metadata.at(-1)?.$tb === deletedMark
  }

  /** The readable revisions, or why there are none. */
  read(name: string): number[] | 'deleted' | 'missing' {
    const stream = this.#stream(name)
    if (stream.tombstoned) return 'deleted'
    if (stream.ids.length === 0 || this.isDeleted(name)) return 'missing'
    const { $tb = 0, $maxCount } = stream.metadata.at(-1) ?? {}
    const revisions = stream.ids.map((_, revision) => revision).filter((revision) => revision >= $tb)
    const last = stream.ids.length - 1
    return $maxCount ? revisions.filter((revision) => revision > last - $maxCount) : revisions
  }

  #write(name: string, ids: readonly string[]): Outcome {
    const stream = this.#stream(name)
    const wasDeleted = this.isDeleted(name)
    const next = stream.ids.length
    for (const id of ids) this.all.push(`${name}@${stream.ids.push(id) - 1}`)
    if (wasDeleted) this.#writeMetadata(name, { ...stream.metadata.at(-1), $tb: next })
    return { kind: 'appended', revision: stream.ids.length - 1 }
  }

  #writeMetadata(name: string, metadata: Metadata): Outcome {
    const revision = this.#stream(name).metadata.push(metadata) - 1
    this.all.push(`$$${name}@${revision}`)
    return { kind: 'appended', revision }
  }

  #stream(name: string): ModelStream {
    const stream = this.#streams.get(name) ?? { ids: [], metadata: [], tombstoned: false }
    this.#streams.set(name, stream)
    return stream
  }
}
