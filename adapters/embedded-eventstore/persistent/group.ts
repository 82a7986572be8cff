import type { Store } from '../store/store.ts'
import { Checkpointer } from './checkpointer.ts'
import type { Consumer, Delivery } from './consumer.ts'
import type { NackAction } from './consumer-messages.ts'
import { RetryQueue } from './delivery-queue.ts'
import { Dispatcher } from './dispatcher.ts'
import { groupDropped, groupFailed, groupFull } from './errors.ts'
import { groupConfirmation } from './event-frames.ts'
import { Feed } from './feed.ts'
import { GroupStream } from './group-stream.ts'
import { ParkedEvents } from './parked-events.ts'
import { checkpointStream, type GroupConfig } from './settings.ts'

/** A running group: feeds consumers from the source, takes their answers, remembers how far it is. */
export class Group {
  readonly config: GroupConfig
  readonly feed: Feed
  readonly dispatcher: Dispatcher
  readonly retries = new RetryQueue()
  readonly parked: ParkedEvents
  readonly checkpointer: Checkpointer
  itemsLastSecond = 0
  #itemsBeforeTick = 0
  #pumping = false
  #stopped = false
  readonly #stopListening: () => void

  constructor(store: Store, config: GroupConfig) {
    this.config = config
    this.feed = new Feed(store, config)
    this.dispatcher = new Dispatcher(store, config)
    this.parked = new ParkedEvents(store, config)
    const checkpoints = new GroupStream(store, checkpointStream(config))
    this.checkpointer = new Checkpointer(store, config, checkpoints, () => this.#checkpoint(false))
    if (this.checkpointer.text !== '') this.feed.source.resume(this.checkpointer.text)
    this.#stopListening = this.feed.source.onMore(() => this.#pump())
  }

  connect(consumer: Consumer): void {
    const { source, group, settings } = this.config
    const { consumers } = this.dispatcher
    if (settings.maxSubscriberCount > 0 && consumers.length >= settings.maxSubscriberCount) {
      throw groupFull(source, group)
    }
    consumer.call.onClose(() => this.#disconnect(consumer))
    // A consumer that did not take what it was sent has room again.
    consumer.call.stream.on('drain', () => this.#pump())
    consumer.call.send(groupConfirmation(`${source}::${group}`))
    consumers.push(consumer)
    this.#pump()
  }

  ack(consumer: Consumer, ids: readonly string[]): void {
    for (const id of ids) this.dispatcher.settle(consumer, id)
    this.#advance()
  }

  nack(consumer: Consumer, ids: readonly string[], action: NackAction, reason: string): void {
    for (const id of ids) {
      const delivery = this.dispatcher.settle(consumer, id)
      if (!delivery || action === 'skip') continue
      if (action === 'park') this.#park(delivery, reason)
      else this.#retry(delivery)
    }
    this.#advance()
  }

  /** Once a second: what took too long goes out again, and a due checkpoint is written. */
  tick(): void {
    for (const delivery of this.dispatcher.overdue()) this.#retry(delivery)
    for (const consumer of this.dispatcher.consumers) consumer.tick()
    this.itemsLastSecond = this.dispatcher.totalItems - this.#itemsBeforeTick
    this.#itemsBeforeTick = this.dispatcher.totalItems
    this.#pump()
    this.#checkpoint(true)
  }

  /** Delivers parked events again; `stopAt` is a parked event's number, itself left out. */
  async replayParked(stopAt: bigint | undefined): Promise<void> {
    const { source, group } = this.config
    if (stopAt !== undefined && stopAt < 0n) {
      throw groupFailed(source, group, 'Cannot stop replaying parked message at a negative version.')
    }
    const end = stopAt === undefined ? Number.POSITIVE_INFINITY : Number(stopAt)
    await this.parked.release(end, (ordinal) => this.retries.add(this.feed.delivery(ordinal, ordinal, true)))
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
    for (const { call } of this.dispatcher.consumers.splice(0)) call.fail(groupDropped(source, group))
  }

  async delete(): Promise<void> {
    this.stop()
    await this.checkpointer.delete()
    await this.parked.delete()
  }

  #disconnect(consumer: Consumer): void {
    if (this.#stopped) return
    for (const delivery of this.dispatcher.remove(consumer)) this.#retry(delivery)
    this.#advance()
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
    // Until the link is on disk the event holds the checkpoint back: a crash must not lose it.
    this.checkpointer.hold(delivery)
    this.parked
      .add(delivery, this.dispatcher.linkTo(delivery), reason)
      .catch(() => this.retries.add(delivery))
      .then(() => {
        this.checkpointer.release(delivery)
        this.#advance()
      })
  }

  #advance(): void {
    this.#pump()
    this.#checkpoint(false)
  }

  #pump(): void {
    if (this.#pumping || this.#stopped) return
    this.#pumping = true
    const { feed, dispatcher, retries } = this
    try {
      retries.replace(dispatcher.push(retries.items))
      for (let moved = true; moved; ) {
        const filled = feed.fill()
        const before = feed.buffer.length
        feed.buffer = dispatcher.push(feed.buffer)
        moved = filled || feed.buffer.length < before
      }
    } finally {
      this.#pumping = false
    }
    // A filter can pass over much without a match: others get their turn in between.
    if (feed.source.searching) setImmediate(() => this.#pump())
  }

  #checkpoint(timed: boolean): void {
    const { feed, dispatcher, retries } = this
    if (this.#stopped || !this.checkpointer.isDue(feed.sequence, timed)) return
    const sent = [...dispatcher.outstanding.values()].map(({ delivery }) => delivery)
    const open = [...retries.items, ...feed.buffer.slice(0, 1), ...sent]
    const passed = { key: feed.source.passed, sequence: feed.sequence }
    this.checkpointer.consider(open, passed, (key) => feed.source.textOf(key), timed)
  }
}
