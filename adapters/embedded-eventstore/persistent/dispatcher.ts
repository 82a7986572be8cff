import { LogReader } from '../log/reader.ts'
import type { RecordView } from '../log/record-view.ts'
import { LinkResolver } from '../services/link-resolver.ts'
import type { Store } from '../store/store.ts'
import type { Consumer, Delivery } from './consumer.ts'
import { deliveryFrame } from './event-frames.ts'
import type { GroupConfig } from './settings.ts'
import { strategies } from './strategy.ts'

export type Outstanding = { delivery: Delivery; consumer: Consumer }

/** What a delivery leads to: the record itself and, where links are resolved, the event it points to. */
type Resolved = { record: RecordView; isResolved: boolean; target: RecordView | undefined }

/** Hands deliveries to consumers and keeps account of what is with whom. */
export class Dispatcher {
  readonly consumers: Consumer[] = []
  readonly outstanding = new Map<string, Outstanding>()
  totalItems = 0
  readonly #store: Store
  readonly #config: GroupConfig
  readonly #reader: LogReader
  readonly #links: LinkResolver

  constructor(store: Store, config: GroupConfig) {
    this.#store = store
    this.#config = config
    this.#reader = new LogReader(store.log)
    this.#links = new LinkResolver(store)
  }

  /** Hands out what can be handed out and returns the rest. */
  push(queue: readonly Delivery[]): Delivery[] {
    if (this.consumers.length === 0) return [...queue]
    const choose = strategies[this.#config.settings.strategy]
    const rest: Delivery[] = []
    for (const [i, delivery] of queue.entries()) {
      // Two events with one id cannot be told apart in an ack: the second is passed over, as in the real server.
      if (this.outstanding.has(delivery.id)) continue
      const resolved = this.#resolve(delivery)
      const choice = choose(this.consumers, () => (resolved.target ?? resolved.record).streamName)
      if (choice === 'wait') return rest.concat(queue.slice(i))
      if (choice === 'skip') rest.push(delivery)
      else this.#send(choice, delivery, resolved)
    }
    return rest
  }

  /** Takes a delivery back from its consumer; undefined when the consumer does not have it. */
  settle(consumer: Consumer, id: string): Delivery | undefined {
    const delivery = consumer.inFlight.get(id)
    if (!delivery) return undefined
    consumer.inFlight.delete(id)
    this.outstanding.delete(id)
    consumer.measurements.add(performance.now() - delivery.sentAtMs)
    return delivery
  }

  /** Takes back what has been out for longer than allowed. */
  overdue(): Delivery[] {
    const { messageTimeoutMs } = this.#config.settings
    if (messageTimeoutMs <= 0) return []
    const sentBefore = performance.now() - messageTimeoutMs
    const late = [...this.outstanding.values()].filter(({ delivery }) => delivery.sentAtMs <= sentBefore)
    return late.flatMap(({ delivery, consumer }) => this.settle(consumer, delivery.id) ?? [])
  }

  /** Takes a consumer off the list, and back what it has. */
  remove(consumer: Consumer): Delivery[] {
    const at = this.consumers.indexOf(consumer)
    if (at >= 0) this.consumers.splice(at, 1)
    return [...consumer.inFlight.keys()].flatMap((id) => this.settle(consumer, id) ?? [])
  }

  /** The event a delivery is about, as a link names it. */
  linkTo(delivery: Delivery): string {
    const { record, target } = this.#resolve(delivery)
    const event = target ?? record
    return `${event.revision}@${event.streamName}`
  }

  #resolve({ ordinal, replayed }: Delivery): Resolved {
    const record = this.#reader.seek(this.#store.index.position(ordinal))
    const isResolved = record.isLink && (replayed || this.#config.settings.resolveLinks)
    return { record, isResolved, target: isResolved ? this.#links.target(record) : undefined }
  }

  #send(consumer: Consumer, delivery: Delivery, { record, isResolved, target }: Resolved): void {
    delivery.sentAtMs = performance.now()
    this.outstanding.set(delivery.id, { delivery, consumer })
    consumer.inFlight.set(delivery.id, delivery)
    consumer.totalItems++
    this.totalItems++
    const frame = deliveryFrame(record, target, isResolved, delivery.retries, consumer.structuredUuids)
    consumer.call.send(frame)
  }
}
