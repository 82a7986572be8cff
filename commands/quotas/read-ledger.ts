import type { EventFeed } from '#commands/event-feed.ts'
import type { Revision } from '#commands/event-store.ts'
import { quotaEvents } from '#domain/requests/quotas/events.ts'
import { noReservations, type Reservations, withEntry } from '#domain/requests/quotas/reservations.ts'
import { isQuotaEvent } from '#domain/requests/quotas/sentences.ts'

export type LedgerAsRead = {
  readonly reservations: Reservations
  /** Of each period's stream. */
  readonly revisions: ReadonlyMap<string, Revision>
}

const types = quotaEvents.map(({ type }) => type)

/** The ledgers of all periods, to the end that the log has now. */
export const readLedger = async (feed: EventFeed, signal: AbortSignal): Promise<LedgerAsRead> => {
  const revisions = new Map<string, Revision>()
  let reservations = noReservations
  for await (const { events, caughtUp } of feed.follow(types, null, signal)) {
    for (const event of events) {
      if (!isQuotaEvent(event)) continue
      revisions.set(event.stream, event.revision)
      reservations = withEntry(reservations, event)
    }
    if (caughtUp) break
  }
  signal.throwIfAborted()
  return { reservations, revisions }
}
