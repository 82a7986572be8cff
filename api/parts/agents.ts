import { hostIdentity, hostIsGone } from '#adapters/host-identity.ts'
import { type AgentMakers, runAgents } from '#commands/agents/host.ts'
import type { Registry } from '#commands/agents/registry.ts'
import type { SupervisedAgent, SupervisedState, SupervisedStatus } from '#commands/agents/supervisor.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import type { Part, PartState, PartStatus } from './part.ts'

type Options = {
  readonly site: Site
  readonly store: EventStore & EventFeed
  /** What this process is called in the log; its own identity unless given. */
  readonly host?: string
  readonly clock: Clock
  /** Whether the world they look at is a simulation. */
  readonly simulated: boolean
  readonly makers: AgentMakers
  readonly registry: Registry
  readonly say: (line: string) => void
  /** Told how each agent can be started anew. */
  readonly onOrders?: (name: string, startAnew: () => void) => void
}

/** Longer than a hook may take that reads a long log. */
const hookTimeoutMs = 30_000

const partStates: Readonly<Record<SupervisedState, PartState>> = {
  INIT: 'starting',
  READY: 'starting',
  ACTIVE: 'up',
  STANDBY: 'standby',
  ERROR: 'down',
  TERMINATED: 'ended',
  GIVEN_UP: 'given-up',
}

const detailOf = ({ state, detail, restarts }: SupervisedStatus): string =>
  detail || (restarts > 0 ? `${state}, started anew ${restarts} times` : state)

/** Agents in this process, each under its supervisor: one part for each. */
export const startAgents = async (options: Options): Promise<Part[]> => {
  const { site, store, clock, simulated, makers, registry, say } = options
  const names = Object.keys(makers)
  // A host of nobody would say for ever that it is alive, and nothing would stop it.
  if (names.length === 0) return []
  const stopping = new AbortController()
  const statuses = new Map<string, SupervisedStatus>()
  const onStatus = (status: SupervisedStatus) => {
    const before = statuses.get(status.agent)
    statuses.set(status.agent, status)
    if (before?.state === status.state) return
    if (status.state === 'ERROR') say(`${status.agent} failed: ${status.detail}; starting it again`)
    if (status.state === 'GIVEN_UP') say(`ALARM: ${status.agent} ${status.detail}`)
    if (status.state === 'STANDBY') say(`${status.agent} stands by: ${status.detail}`)
  }
  const host = options.host ?? (await hostIdentity())
  const parts = {
    store,
    feed: store,
    clock,
    site,
    host,
    simulated,
    isGone: hostIsGone,
    hookTimeoutMs,
    onStatus,
    onSupervised: (name: string, agent: SupervisedAgent) => options.onOrders?.(name, agent.startAnew),
  }
  const running = runAgents(names, makers, parts, stopping.signal)
  running.catch((error: unknown) => say(`ALARM: no agent runs here any more: ${error}`))

  return names.map((name): Part => {
    const statusOf = (): PartStatus => {
      const status = statuses.get(name)
      if (!status) return { name, state: 'starting', detail: 'waits for the log' }
      return { name, state: partStates[status.state], detail: detailOf(status) }
    }
    const leave = registry.register({
      id: name,
      kind: 'agent',
      links: ['event store'],
      look: () => {
        const { state, detail } = statusOf()
        const inbox = statuses.get(name)?.inbox
        return inbox ? { state, detail, inbox, handled: inbox.handled } : { state, detail }
      },
    })
    return {
      status: statusOf,
      stop: async () => {
        stopping.abort()
        leave()
        await running.catch(() => {})
      },
    }
  })
}
