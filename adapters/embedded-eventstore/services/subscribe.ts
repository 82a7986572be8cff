import { randomUUID } from 'node:crypto'
import type { Call } from '../protocol/call.ts'
import { streamDeleted } from '../protocol/grpc-error.ts'
import { caughtUp, checkpoint, confirmation } from '../protocol/read-messages.ts'
import type { AllSource, StreamSource } from '../protocol/read-request.ts'
import { checkedStream } from '../protocol/shared-messages.ts'
import { type Filter, matcherOf } from '../store/filter.ts'
import { readableRange } from '../store/readable-range.ts'
import type { Store } from '../store/store.ts'
import { Wake } from '../store/wake.ts'
import type { EventSender } from './event-sender.ts'

const turn = 1024

/** Runs `catchUp` now and whenever there is more, until the call is over; says once when it has caught up. */
const follow = async (
  call: Call,
  sender: EventSender,
  wake: Wake,
  catchUp: () => Promise<void>,
): Promise<void> => {
  call.onClose(wake.wake)
  sender.sink.frame(confirmation(randomUUID()))
  sender.sink.flush()
  await catchUp()
  sender.sink.frame(caughtUp)
  sender.sink.flush()
  while (!call.isOver) {
    await wake.next()
    await catchUp()
    sender.sink.flush()
  }
}

export const subscribeToAll = async (
  call: Call,
  store: Store,
  sender: EventSender,
  source: AllSource,
  filter: Filter | undefined,
): Promise<void> => {
  const wake = new Wake()
  call.onClose(store.wakeups.onAll(wake.wake))
  const cursor = { ordinal: ordinalBehind(store, source) }
  const catchUp = filter
    ? filteredCatchUp(call, store, sender, cursor, filter)
    : plainCatchUp(call, store, sender, cursor)
  await follow(call, sender, wake, catchUp)
}

type Cursor = { ordinal: number }

const plainCatchUp = (call: Call, store: Store, sender: EventSender, cursor: Cursor) => async () => {
  for (let seen = 1; cursor.ordinal < store.visible && !call.isOver; seen++) {
    const view = sender.view(cursor.ordinal++)
    if (!view.isHidden) sender.send(view)
    if (sender.sink.isFull || seen % turn === 0) await sender.sink.breathe()
  }
}

/** Besides the matches, sends a checkpoint every so many events, and one when it first reaches the end. */
const filteredCatchUp = (call: Call, store: Store, sender: EventSender, cursor: Cursor, filter: Filter) => {
  const matches = matcherOf(filter)
  let sinceCheckpoint = 0
  let live = false
  const sendCheckpoint = (): void => {
    sender.sink.frame(checkpoint(store.index.position(cursor.ordinal - 1)))
    sinceCheckpoint = 0
  }
  return async () => {
    for (let seen = 1; cursor.ordinal < store.visible && !call.isOver; seen++) {
      const view = sender.view(cursor.ordinal++)
      if (!view.isHidden && matches(view)) sender.send(view)
      if (++sinceCheckpoint >= filter.checkpointEvery) sendCheckpoint()
      if (sender.sink.isFull || seen % turn === 0) await sender.sink.breathe()
    }
    if (!live && sinceCheckpoint > 0) sendCheckpoint()
    live = true
  }
}

/** Subscriptions begin behind the position they are given. */
const ordinalBehind = (store: Store, { from }: AllSource): number => {
  if (from === 'start') return 0
  if (from === 'end') return store.visible
  const ordinal = Math.min(store.visible, store.index.ordinalAt(from.commit))
  return ordinal < store.visible && store.index.position(ordinal) === from.commit ? ordinal + 1 : ordinal
}

export const subscribeToStream = async (
  call: Call,
  store: Store,
  sender: EventSender,
  source: StreamSource,
): Promise<void> => {
  const name = checkedStream(source.name)
  if (store.streams.isTombstoned(name)) throw streamDeleted(name)
  const wake = new Wake()
  call.onClose(store.wakeups.onStream(name.toString(), wake.wake))
  const known = store.index.stream(name)
  const present = known < 0 ? 0 : store.streams.lastRevision(known) + 1
  const cursor = { revision: source.from === 'start' ? 0 : source.from === 'end' ? present : source.from + 1 }
  await follow(call, sender, wake, streamCatchUp(call, store, sender, name, cursor))
}

const streamCatchUp =
  (call: Call, store: Store, sender: EventSender, name: Buffer, cursor: { revision: number }) => async () => {
    const stream = store.index.stream(name)
    if (stream < 0) return
    for (let seen = 1; !call.isOver; seen++) {
      const { first, last, oldestMs } = readableRange(store, stream)
      cursor.revision = Math.max(cursor.revision, first)
      if (cursor.revision > last) break
      const view = sender.view(store.index.ordinal(stream, cursor.revision++))
      if (view.createdMs >= oldestMs) sender.send(view)
      if (sender.sink.isFull || seen % turn === 0) await sender.sink.breathe()
    }
    const tombstone = store.index.tombstone(stream)
    if (tombstone < 0 || tombstone >= store.visible || call.isOver) return
    sender.send(sender.view(tombstone))
    sender.sink.flush()
    throw streamDeleted(name)
  }
