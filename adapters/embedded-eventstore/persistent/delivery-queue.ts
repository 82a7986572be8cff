import type { Delivery } from './consumer.ts'

/** Deliveries to be made again, earliest position first. */
export class RetryQueue {
  #items: Delivery[] = []

  get items(): readonly Delivery[] {
    return this.#items
  }

  add(delivery: Delivery): void {
    let at = this.#items.length
    while (at > 0 && (this.#items[at - 1]?.ordinal ?? 0) > delivery.ordinal) at--
    this.#items.splice(at, 0, delivery)
  }

  replace(rest: Delivery[]): void {
    this.#items = rest
  }
}
