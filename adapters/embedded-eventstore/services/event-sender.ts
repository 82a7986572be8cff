import { LogReader } from '../log/reader.ts'
import type { RecordView } from '../log/record-view.ts'
import type { Call } from '../protocol/call.ts'
import { FrameSink } from '../protocol/frame-sink.ts'
import { Message } from '../protocol/message.ts'
import type { Store } from '../store/store.ts'
import { LinkResolver } from './link-resolver.ts'
import { withStructuredUuid } from './structured-uuid.ts'

export type SendOptions = { resolveLinks: boolean; structuredUuids: boolean }

/** Sends events to one reader: as they lie on disk where that will do, newly put together where not. */
export class EventSender {
  readonly sink: FrameSink
  readonly #store: Store
  readonly #reader: LogReader
  readonly #links: LinkResolver
  readonly #options: SendOptions

  constructor(call: Call, store: Store, options: SendOptions) {
    this.sink = new FrameSink(call)
    this.#store = store
    this.#reader = new LogReader(store.log)
    this.#links = new LinkResolver(store)
    this.#options = options
  }

  view(ordinal: number, backwards = false): RecordView {
    return this.#reader.seek(this.#store.index.position(ordinal), backwards)
  }

  send(view: RecordView): void {
    const resolves = this.#options.resolveLinks && view.isLink
    if (!resolves && !this.#options.structuredUuids) this.sink.record(view)
    else this.sink.frame(this.#composed(view, resolves).framed())
  }

  #composed(view: RecordView, resolves: boolean): Message {
    const event = new Message()
    if (resolves) {
      const target = this.#links.target(view)
      if (target) event.bytes(1, this.#id(target.event))
      event.bytes(2, this.#id(view.event))
    } else event.bytes(1, this.#id(view.event))
    return new Message().bytes(1, event.number(3, view.position).encoded())
  }

  #id(event: Buffer): Buffer {
    return this.#options.structuredUuids ? withStructuredUuid(event) : event
  }
}
