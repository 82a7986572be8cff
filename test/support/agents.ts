import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import type { Agent } from '#commands/agents/agent.ts'
import { type AgentMakers, runAgents } from '#commands/agents/host.ts'
import type { SupervisedStatus } from '#commands/agents/supervisor.ts'
import type { Clock } from '#domain/shared/clock.ts'

export const observatorySite = { id: 'osm', timeZone: 'America/Tijuana' }

/** An agent that does nothing but what is given. */
export const plainAgent = (name: string, more: Partial<Agent> = {}): Agent => ({
  name,
  initialize: async () => {},
  activate: async () => {},
  deactivate: async () => {},
  terminate: async () => {},
  policy: Object.fromEntries(
    Object.keys(more.messages ?? {}).map((message) => [message, ['user', 'agent', 'program']]),
  ),
  ...more,
})

/** A host over a log, until it is stopped; `until` waits for an agent's status. */
export const startHost = (
  store: OpenEventStore,
  clock: Clock,
  makers: AgentMakers,
  { host = 'host-1', names = Object.keys(makers), gone = [] as string[] } = {},
) => {
  const stopping = new AbortController()
  const statuses = new Map<string, SupervisedStatus>()
  const waiting: { agent: string; met: (status: SupervisedStatus) => boolean; resolve: () => void }[] = []
  const onStatus = (status: SupervisedStatus) => {
    statuses.set(status.agent, status)
    for (const { agent, met, resolve } of waiting) if (agent === status.agent && met(status)) resolve()
  }
  const parts = {
    store,
    feed: store,
    clock,
    site: observatorySite,
    host,
    simulated: false,
    isGone: async (other: string) => gone.includes(other),
    hookTimeoutMs: 10_000,
    onStatus,
  }
  const running = runAgents(names, makers, parts, stopping.signal)
  return {
    parts,
    status: (agent: string) => statuses.get(agent),
    until: (agent: string, met: (status: SupervisedStatus) => boolean) =>
      Promise.race([
        running,
        new Promise<void>((resolve) => {
          const status = statuses.get(agent)
          if (status && met(status)) resolve()
          waiting.push({ agent, met, resolve })
        }),
      ]),
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
