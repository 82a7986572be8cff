/** Nothing can be put in any more. */
export class InboxClosed extends Error {
  constructor() {
    super('the inbox is closed')
    this.name = 'InboxClosed'
  }
}

/** Somebody takes from it already: of two, each would get some of the items. */
export class InboxTaken extends Error {
  constructor() {
    super('the inbox has a consumer already')
    this.name = 'InboxTaken'
  }
}

/**
 * Hands items from producers to a consumer, in order, never more than `capacity` waiting: whoever puts one more waits
 * until there is room, so nothing is lost and nobody is flooded.
 */
export class BoundedInbox<Item> {
  readonly capacity: number
  readonly #items: Item[] = []
  readonly #producers: (() => void)[] = []
  #consumer: (() => void) | null = null
  #taken = false
  #closed: 'finished' | 'shutdown' | null = null

  constructor(capacity: number) {
    if (!(capacity >= 1)) throw new RangeError(`an inbox holds at least one item, not ${capacity}`)
    this.capacity = capacity
  }

  get size(): number {
    return this.#items.length
  }

  /** Resolves once it is in; rejects with {@link InboxClosed} when there will never be room. */
  async put(item: Item): Promise<void> {
    while (!this.#closed && this.#items.length >= this.capacity)
      await new Promise<void>((resolve) => this.#producers.push(resolve))
    if (this.#closed) throw new InboxClosed()
    this.#items.push(item)
    this.#consumer?.()
  }

  /** No more comes; what is waiting is still handed out. */
  finish(): void {
    this.#close('finished')
  }

  /** Ends now; what is waiting is dropped. */
  shutdown(): void {
    this.#items.length = 0
    this.#close('shutdown')
  }

  /** All items, until it is closed; for one consumer at a time, else it throws {@link InboxTaken}. */
  async *items(): AsyncGenerator<Item, void> {
    if (this.#taken) throw new InboxTaken()
    this.#taken = true
    try {
      yield* this.#handedOut()
    } finally {
      this.#taken = false
    }
  }

  async *#handedOut(): AsyncGenerator<Item, void> {
    for (;;) {
      const item = this.#items.shift()
      if (item !== undefined) {
        this.#producers.shift()?.()
        yield item
      } else if (this.#closed) return
      else
        await new Promise<void>((resolve) => {
          this.#consumer = resolve
        })
    }
  }

  #close(how: 'finished' | 'shutdown'): void {
    this.#closed = how
    for (const wake of this.#producers.splice(0)) wake()
    this.#consumer?.()
  }
}
