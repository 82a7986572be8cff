import { LogReader } from '../log/reader.ts'
import type { RecordView } from '../log/record-view.ts'
import { LinkResolver } from '../services/link-resolver.ts'
import type { Store } from '../store/store.ts'
import { Checkpointer } from './checkpointer.ts'
import type { Consumer, Delivery } from './consumer.ts'
import { RetryQueue } from './delivery-queue.ts'
import { groupDropped, groupFailed, groupFull } from './errors.ts'
import { deliveryFrame, groupConfirmation } from './event-frames.ts'
import { GroupStream } from './parking.ts'
import type { NackAction } from './requests.ts'
import { checkpointStream, type GroupConfig, parkedStream } from './settings.ts'
import { type GroupSource, sourceOf } from './source.ts'
import { strategies } from './strategy.ts'

/** A running group: feeds consumers from the source, takes their answers, remembers how far it is. */
export class Group {
  readonly config: GroupConfig
  readonly consumers: Consumer[] = []
  readonly retries = new RetryQueue()
  readonly outstanding = new Map<string, { delivery: Delivery; consumer: Consumer }>()
  readonly checkpointer: Checkpointer
  readonly #store: Store
  readonly #source: GroupSource
  readonly #parked: GroupStream
  readonly #reader: LogReader
  readonly #links: LinkResolver
  readonly #stopListening: () => void
  #buffer: Delivery[] = []
  #pumping = false
  #stopped = false
  #sequence = 0
  lastKey = -1
  totalItems = 0
  #itemsBeforeTick = 0
  itemsLastSecond = 0

  constructor(store: Store, config: GroupConfig) {
    this.#store = store
    this.config = config
    this.#source = sourceOf(store, config)
    this.#parked = new GroupStream(store, parkedStream(config))
    this.#reader = new LogReader(store.log)
    this.#links = new LinkResolver(store)
    const checkpoints = new GroupStream(store, checkpointStream(config))
    this.checkpointer = new Checkpointer(store, config, checkpoints, () => this.#checkpoint(false))
    if (this.checkpointer.text !== '') this.#source.resume(this.checkpointer.text)
    this.#stopListening = this.#source.onMore(() => this.#pump())
  }

  get source(): GroupSource {
    return this.#source
  }

  get bufferedCount(): number {
    return this.#buffer.length
  }

  get parkedCount(): number {
    const { first, last } = this.#parked.range()
    return last - first + 1
  }

  connect(consumer: Consumer): void {
    const { source, group, settings } = this.config
    if (settings.maxSubscriberCount > 0 && this.consumers.length >= settings.maxSubscriberCount) {
      throw groupFull(source, group)
    }
    consumer.call.onClose(() => this.#disconnect(consumer))
    consumer.call.send(groupConfirmation(`${source}::${group}`))
    this.consumers.push(consumer)
    this.#pump()
  }

  ack(consumer: Consumer, ids: readonly string[]): void {
    for (const id of ids) this.#settle(consumer, id)
    this.#advance()
  }

  nack(consumer: Consumer, ids: readonly string[], action: NackAction, reason: string): void {
    for (const id of ids) {
      const delivery = this.#settle(consumer, id)
      if (!delivery || action === 'skip') continue
      if (action === 'park') this.#park(delivery, reason)
      else this.#retry(delivery)
    }
    this.#advance()
  }

  /** Once a second: what took too long goes out again, and a due checkpoint is written. */
  tick(): void {
    const { messageTimeoutMs } = this.config.settings
    const now = performance.now()
    for (const [id, { delivery, consumer }] of this.outstanding) {
      if (messageTimeoutMs <= 0 || now - delivery.sentAtMs < messageTimeoutMs) continue
      this.outstanding.delete(id)
      consumer.inFlight.delete(id)
      this.#retry(delivery)
    }
    for (const consumer of this.consumers) consumer.tick()
    this.itemsLastSecond = this.totalItems - this.#itemsBeforeTick
    this.#itemsBeforeTick = this.totalItems
    this.#pump()
    this.#checkpoint(true)
  }

  /** Delivers again what is parked, up to (not including) a parked event's number, and forgets that it was. */
  async replayParked(stopAt: bigint | undefined): Promise<void> {
    const { source, group } = this.config
    if (stopAt !== undefined && stopAt < 0n) {
      throw groupFailed(source, group, 'Cannot stop replaying parked message at a negative version.')
    }
    const { first, last } = this.#parked.range()
    const end = Math.min(last + 1, stopAt === undefined ? last + 1 : Number(stopAt))
    for (let revision = first; revision < end; revision++) {
      const ordinal = this.#parked.ordinal(revision)
      this.retries.add(this.#delivery({ ordinal, key: ordinal }, true))
    }
    if (end > first) await this.#parked.setMetadata({ $tb: end })
    this.#pump()
  }

  /** Stops without a word to the consumers. */
  halt(): void {
    this.#stopped = true
    this.#stopListening()
  }

  /** Ends every consumer's call; the group itself stays as it was stored. */
  stop(): void {
    this.halt()
    const { source, group } = this.config
    for (const consumer of this.consumers) consumer.call.fail(groupDropped(source, group))
    this.consumers.length = 0
  }

  async delete(): Promise<void> {
    this.stop()
    await this.checkpointer.delete()
    await this.#parked.delete()
  }

  #disconnect(consumer: Consumer): void {
    const at = this.consumers.indexOf(consumer)
    if (at >= 0) this.consumers.splice(at, 1)
    for (const [id, delivery] of consumer.inFlight) {
      this.outstanding.delete(id)
      this.#retry(delivery)
    }
    consumer.inFlight.clear()
    this.#advance()
  }

  #settle(consumer: Consumer, id: string): Delivery | undefined {
    const delivery = consumer.inFlight.get(id)
    if (!delivery) return undefined
    consumer.inFlight.delete(id)
    this.outstanding.delete(id)
    consumer.measurements.add(performance.now() - delivery.sentAtMs)
    return delivery
  }

  #retry(delivery: Delivery): void {
    const { maxRetryCount } = this.config.settings
    if (delivery.retries >= maxRetryCount) this.#park(delivery, `Reached retry count of ${maxRetryCount}`)
    else {
      delivery.retries++
      this.retries.add(delivery)
    }
  }

  #park(delivery: Delivery, reason: string): void {
    const record = this.#reader.seek(this.#store.index.position(delivery.ordinal))
    const event = this.#resolved(record, delivery)?.target ?? record
    const revision = event.revision
    const metadata = {
      Added: new Date().toISOString(),
      Reason: reason,
      SubscriptionEventNumber: delivery.key,
    }
    // Until the link is on disk the event holds the checkpoint back: a crash must not lose it.
    this.checkpointer.hold(delivery)
    this.#parked.write('$>', `${revision}@${event.streamName}`, metadata).then(
      () => {
        this.checkpointer.release(delivery)
        this.#advance()
      },
      () => {
        this.checkpointer.release(delivery)
        this.retries.add(delivery)
      },
    )
  }

  #advance(): void {
    this.#pump()
    this.#checkpoint(false)
  }

  #pump(): void {
    if (this.#pumping || this.#stopped) return
    this.#pumping = true
    try {
      this.retries.replace(this.#push(this.retries.items))
      for (let moved = true; moved; ) {
        const filled = this.#fill()
        const before = this.#buffer.length
        this.#buffer = this.#push(this.#buffer)
        moved = filled || this.#buffer.length < before
      }
    } finally {
      this.#pumping = false
    }
    // A filter can pass over much without a match: others get their turn in between.
    if (this.#source.searching) setImmediate(() => this.#pump())
  }

  /** Reads one batch ahead, if there is room; whether anything came of it. */
  #fill(): boolean {
    const { historyBufferSize, readBatchSize } = this.config.settings
    const wanted = Math.min(historyBufferSize, this.#buffer.length + readBatchSize)
    const present = this.#buffer.length
    while (this.#buffer.length < wanted) {
      const before = this.#source.passed
      const fetched = this.#source.next()
      this.#sequence += this.#source.passed - before
      if (!fetched) break
      this.#buffer.push(this.#delivery(fetched, false))
      this.lastKey = fetched.key
    }
    return this.#buffer.length > present
  }

  #delivery({ ordinal, key }: { ordinal: number; key: number }, replayed: boolean): Delivery {
    const { id } = this.#reader.seek(this.#store.index.position(ordinal))
    return { ordinal, key, sequence: this.#sequence, id, retries: 0, replayed, sentAtMs: 0 }
  }

  /** Hands out what can be handed out and returns the rest. */
  #push(queue: readonly Delivery[]): Delivery[] {
    if (this.consumers.length === 0) return [...queue]
    const choose = strategies[this.config.settings.strategy]
    const rest: Delivery[] = []
    for (const [i, delivery] of queue.entries()) {
      // Two events with one id cannot be told apart in an ack: the second is passed over, as in the real server.
      if (this.outstanding.has(delivery.id)) continue
      const record = this.#reader.seek(this.#store.index.position(delivery.ordinal))
      const resolved = this.#resolved(record, delivery)
      const choice = choose(this.consumers, () => (resolved?.target ?? record).streamName)
      if (choice === 'wait') return rest.concat(queue.slice(i))
      if (choice === 'skip') rest.push(delivery)
      else this.#send(choice, delivery, record, resolved)
    }
    return rest
  }

  #resolved(record: RecordView, { replayed }: Delivery): { target: RecordView | undefined } | undefined {
    if (!record.isLink || !(replayed || this.config.settings.resolveLinks)) return undefined
    return { target: this.#links.target(record) }
  }

  #send(
    consumer: Consumer,
    delivery: Delivery,
    record: RecordView,
    resolved: { target: RecordView | undefined } | undefined,
  ): void {
    delivery.sentAtMs = performance.now()
    this.outstanding.set(delivery.id, { delivery, consumer })
    consumer.inFlight.set(delivery.id, delivery)
    consumer.totalItems++
    this.totalItems++
    const { retries } = delivery
    consumer.call.send(
      deliveryFrame(record, resolved?.target, resolved !== undefined, retries, consumer.structuredUuids),
    )
  }

  #checkpoint(timed: boolean): void {
    if (this.#stopped || !this.checkpointer.isDue(this.#sequence, timed)) return
    const waiting = [
      ...this.retries.items,
      ...this.#buffer.slice(0, 1),
      ...[...this.outstanding.values()].map(({ delivery }) => delivery),
    ]
    const passed = { key: this.#source.passed, sequence: this.#sequence }
    this.checkpointer.consider(waiting, passed, (key) => this.#source.textOf(key), timed)
  }
}
