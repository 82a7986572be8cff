import type { Call } from '../protocol/call.ts'
import { streamDeleted } from '../protocol/grpc-error.ts'
import { streamNotFound } from '../protocol/read-messages.ts'
import {
  type AllSource,
  parseReadRequest,
  type ReadRequest,
  type StreamSource,
} from '../protocol/read-request.ts'
import { checkedStream } from '../protocol/shared-messages.ts'
import { matcherOf } from '../store/filter.ts'
import { readableRange } from '../store/readable-range.ts'
import type { Store } from '../store/store.ts'
import { EventSender } from './event-sender.ts'
import { subscribeToAll, subscribeToStream } from './subscribe.ts'

// A long search without a match still lets others have their turn.
const turn = 1024

export const read = async (call: Call, store: Store): Promise<void> => {
  const request = parseReadRequest(await call.request())
  const sender = new EventSender(call, store, request)
  const { source } = request
  if (request.count === undefined) {
    await (source.kind === 'all'
      ? subscribeToAll(call, store, sender, source, request.filter)
      : subscribeToStream(call, store, sender, source))
    return
  }
  await (source.kind === 'all'
    ? readAll(call, store, sender, source, request)
    : readStream(call, store, sender, source, request))
  sender.sink.flush()
  call.succeed()
}

const readAll = async (
  call: Call,
  store: Store,
  sender: EventSender,
  source: AllSource,
  request: ReadRequest,
) => {
  const { backwards, count = 0 } = request
  const matches = request.filter ? matcherOf(request.filter) : () => true
  const step = backwards ? -1 : 1
  let ordinal = firstOrdinal(store, source, backwards)
  for (let sent = 0, seen = 1; sent < count && !call.isOver; seen++, ordinal += step) {
    if (ordinal < 0 || ordinal >= store.visible) return
    const view = sender.view(ordinal, backwards)
    if (!view.isHidden && matches(view)) {
      sender.send(view)
      sent++
    }
    if (sender.sink.isFull || seen % turn === 0) await sender.sink.breathe()
  }
}

/** Forwards includes the event at the position, backwards does not. */
const firstOrdinal = (store: Store, { from }: AllSource, backwards: boolean): number => {
  if (from === 'start') return backwards ? -1 : 0
  const ordinal = from === 'end' ? store.visible : Math.min(store.visible, store.index.ordinalAt(from.commit))
  return backwards ? ordinal - 1 : ordinal
}

const readStream = async (
  call: Call,
  store: Store,
  sender: EventSender,
  source: StreamSource,
  request: ReadRequest,
) => {
  const { backwards, count = 0 } = request
  const name = checkedStream(source.name)
  if (store.streams.isTombstoned(name)) throw streamDeleted(name)
  const stream = store.index.stream(name)
  const range = stream < 0 ? undefined : readableRange(store, stream)
  if (!range || range.last < 0 || range.deleted) {
    sender.sink.frame(streamNotFound(name))
    return
  }
  const { first, last, oldestMs } = range
  const step = backwards ? -1 : 1
  let revision = firstRevision(source, backwards, first, last)
  for (let sent = 0, seen = 1; sent < count && !call.isOver; seen++, revision += step) {
    if (revision < first || revision > last) return
    const view = sender.view(store.index.ordinal(stream, revision), backwards)
    if (view.createdMs >= oldestMs) {
      sender.send(view)
      sent++
    }
    if (sender.sink.isFull || seen % turn === 0) await sender.sink.breathe()
  }
}

const firstRevision = ({ from }: StreamSource, backwards: boolean, first: number, last: number): number => {
  if (backwards) return from === 'start' ? 0 : Math.min(last, from === 'end' ? last : from)
  if (from === 'end') return last + 1
  return Math.max(first, from === 'start' ? 0 : from)
}
