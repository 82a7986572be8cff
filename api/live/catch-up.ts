import { catalogue } from '#domain/catalogue.ts'
import { channels, isChannelName } from '#domain/live/channels.ts'
import { isWanted, type Subscription } from '#domain/live/subscription.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import { type EventFeed, PoisonEvent } from '#projections/engine/event-feed.ts'
import { isAfter } from '#projections/engine/position.ts'
import type { ClientLine } from './client-line.ts'
import { logItem } from './cloud-event.ts'
import type { LiveItem } from './item.ts'
import { isOurs, type LiveLog, liveTypes } from './live-log.ts'
import type { Turns } from './turns.ts'

export type CatchUpParts = {
  readonly feed: EventFeed
  readonly log: LiveLog
  readonly clock: Clock
  /** Reading the log is done for a few at a time. */
  readonly turns: Turns
}

export type Listening = {
  readonly line: ClientLine
  readonly wants: readonly Subscription[]
  readonly passes: (item: LiveItem) => boolean
}

const retryMs = 500

/** The types of the log that could be wanted; a sender's everything could be any. */
const typesFor = (wants: readonly Subscription[]): readonly string[] => {
  const types = wants.flatMap(({ event }): readonly string[] => {
    if (event === null) return liveTypes
    return isChannelName(event) ? channels[event].types : catalogue.has(event) ? [event] : []
  })
  return [...new Set(types)]
}

/**
 * Gives a client what it has missed since a position, from the log and then from what is kept of its head, and joins it
 * to what comes next at exactly the place where that ends: nothing is left out, nothing comes twice. `join` is called
 * with that place, in the same turn of the loop.
 */
export const catchUp = async (
  from: Position | null,
  to: Listening,
  parts: CatchUpParts,
  join: (after: Position | null) => void,
  signal: AbortSignal,
): Promise<void> => {
  let at = from
  while (!signal.aborted && to.line.state === 'open') {
    const kept = parts.log.since(at)
    if (kept?.length === 0) return join(at)
    at = kept ? await giveKept(kept, at, to) : await giveFromLog(at, to, parts, signal)
  }
}

const give = async (item: LiveItem, { line, wants, passes }: Listening): Promise<void> => {
  if (item.position === null || !wants.some((wanted) => isWanted(wanted, item.sender, item.names))) return
  if (passes(item)) await line.sendPatiently(item.frame(), item.position)
}

const giveKept = async (
  kept: readonly LiveItem[],
  from: Position | null,
  to: Listening,
): Promise<Position | null> => {
  let at = from
  for (const item of kept) {
    if (to.line.state !== 'open') break
    await give(item, to)
    at = item.position
  }
  return at
}

const giveFromLog = async (
  from: Position | null,
  to: Listening,
  { feed, log, clock, turns }: CatchUpParts,
  signal: AbortSignal,
): Promise<Position | null> => {
  const types = typesFor(to.wants)
  // Nothing that stands in the log is wanted.
  if (types.length === 0) return log.position
  const release = await turns.take(signal)
  let at = from
  try {
    // All that stood there before we began has been given once the feed says that it has caught up.
    const head = log.position
    for await (const { events, position, caughtUp } of feed.follow(types, at, signal)) {
      for (const event of events) {
        if (!isAfter(event.position, at) || !isOurs(event)) continue
        await give(logItem(event), to)
        at = event.position
        if (to.line.state !== 'open') return at
      }
      if (isAfter(position, at)) at = position
      if (caughtUp && isAfter(head, at)) at = head
      if (log.since(at) !== null) return at
    }
  } catch (error) {
    if (error instanceof PoisonEvent) return error.position
    await clock.sleepUntil(clock.now() + retryMs, signal).catch(() => {})
  } finally {
    release()
  }
  return at
}
