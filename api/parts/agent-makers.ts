import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import type { AgentMakers } from '#commands/agents/host.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { PartName } from './part-names.ts'
import { quotaKeeperAgent } from './quota-keeper.ts'

type Surroundings = {
  readonly store: OpenEventStore
  readonly clock: Clock
  readonly say: (line: string) => void
}

/** The agents among the parts that run here, each made anew for every start. */
export const agentMakers = (only: readonly PartName[], { store, clock, say }: Surroundings): AgentMakers => ({
  ...(only.includes('quotas') ? { 'quota-keeper': () => quotaKeeperAgent(store, clock, say) } : {}),
})
