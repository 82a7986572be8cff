/** Wakes all who wait for a change, each time there is one. */
export class Signal {
  #next = Promise.withResolvers<void>()

  fire(): void {
    this.#next.resolve()
    this.#next = Promise.withResolvers<void>()
  }

  /** Resolves at the next change after this call. */
  changed(): Promise<void> {
    return this.#next.promise
  }
}
