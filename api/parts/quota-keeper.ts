import { type Agent, agentOfTasks } from '#commands/agents/agent.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import { QuotaKeeper } from '#commands/quotas/quota-keeper.ts'
import type { Clock } from '#domain/shared/clock.ts'

/** The quota keeper as an agent. */
export const quotaKeeperAgent = (
  store: EventStore & EventFeed,
  clock: Clock,
  say: (line: string) => void,
): Agent => {
  let trouble: string | null = null
  const keeper = new QuotaKeeper({
    store,
    feed: store,
    clock,
    onProgress: ({ error }) => {
      if (error !== null && error !== trouble) say(`quota keeper: ${error}`)
      trouble = error
    },
  })
  return agentOfTasks('quota-keeper', [{ name: 'ledger', run: (signal) => keeper.run(signal) }])
}
