import type { Recorded } from '#domain/shared/event.ts'

/** Longer streams are nobody's to load whole. */
const longest = 500

/** The streams that began since we look on, whole, in memory. */
export class StreamCache {
  readonly #streams = new Map<string, Recorded[] | 'too-long'>()

  note(event: Recorded): void {
    const known = this.#streams.get(event.stream)
    if (known === 'too-long') return
    if (known && known.length < longest) known.push(event)
    else if (known || event.revision !== 0n) this.#streams.set(event.stream, 'too-long')
    else this.#streams.set(event.stream, [event])
  }

  /** Newest event first; null when it is not all here. */
  backwards(stream: string): readonly Recorded[] | null {
    const known = this.#streams.get(stream)
    return known === undefined || known === 'too-long' ? null : known.toReversed()
  }
}
