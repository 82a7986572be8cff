import type { Store } from '../store/store.ts'
import type { Delivery } from './consumer.ts'
import { GroupStream } from './group-stream.ts'
import { type GroupConfig, parkedStream } from './settings.ts'

/** What a group has set aside, as links in a stream of its own. */
export class ParkedEvents {
  readonly #stream: GroupStream

  constructor(store: Store, config: GroupConfig) {
    this.#stream = new GroupStream(store, parkedStream(config))
  }

  get count(): number {
    const { first, last } = this.#stream.range()
    return last - first + 1
  }

  add({ key }: Delivery, link: string, reason: string): Promise<void> {
    const metadata = { Added: new Date().toISOString(), Reason: reason, SubscriptionEventNumber: key }
    return this.#stream.write('$>', link, metadata)
  }

  /** Gives back what is parked, up to (not including) a parked event's number, and forgets that it was parked. */
  async release(stopAt: number, deliver: (ordinal: number) => void): Promise<void> {
    const { first, last } = this.#stream.range()
    const end = Math.min(last + 1, stopAt)
    for (let revision = first; revision < end; revision++) deliver(this.#stream.ordinal(revision))
    if (end > first) await this.#stream.setMetadata({ $tb: end })
  }

  delete(): Promise<void> {
    return this.#stream.delete()
  }
}
