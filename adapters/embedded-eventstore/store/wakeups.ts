/** Tells those who follow a stream, or the whole log, that there is more to read. */
export class Wakeups {
  readonly #all = new Set<() => void>()
  readonly #streams = new Map<string, Set<() => void>>()

  get followsStreams(): boolean {
    return this.#streams.size > 0
  }

  onAll(wake: () => void): () => void {
    this.#all.add(wake)
    return () => this.#all.delete(wake)
  }

  onStream(name: string, wake: () => void): () => void {
    const followers = this.#streams.get(name) ?? new Set()
    this.#streams.set(name, followers.add(wake))
    return () => {
      followers.delete(wake)
      if (followers.size === 0 && this.#streams.get(name) === followers) this.#streams.delete(name)
    }
  }

  wakeAll(): void {
    for (const wake of this.#all) wake()
  }

  wakeStream(name: string): void {
    for (const wake of this.#streams.get(name) ?? []) wake()
  }
}
