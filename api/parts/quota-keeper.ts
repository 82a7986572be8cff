import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import { QuotaKeeper } from '#commands/quotas/quota-keeper.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Part, PartStatus } from './part.ts'

/** The quota keeper, wired to the log. */
export const startQuotaKeeper = (store: EventStore & EventFeed, clock: Clock): Part => {
  const stopping = new AbortController()
  const name = 'quota keeper'
  let status: PartStatus = { name, state: 'starting', detail: 'reads the ledger' }
  const keeper = new QuotaKeeper({
    store,
    feed: store,
    clock,
    onProgress: ({ entries, caughtUp, error }) => {
      if (error !== null) status = { name, state: 'down', detail: error }
      else if (caughtUp) status = { name, state: 'up', detail: `${entries} entries since the start` }
      else status = { name, state: 'starting', detail: 'reads the log' }
    },
  })
  const running = keeper.run(stopping.signal)
  return {
    status: () => status,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
