import type { Agent } from './agent.ts'
import { beat } from './beat.ts'
import { holds } from './claim.ts'
import { UnknownAgent } from './send.ts'
import { type SupervisedAgent, type SupervisorParts, superviseAgent } from './supervisor.ts'

type HostParts = SupervisorParts & {
  /** Told of each agent that is looked after from now on. */
  readonly onSupervised?: (name: string, agent: SupervisedAgent) => void
}

/** How each agent is made, by its name: anew for every start. */
export type AgentMakers = Readonly<Record<string, () => Agent>>

/**
 * Runs some of the agents in this process until `signal` ends, each on its own: one that fails is started anew and the
 * others do not notice. Says regularly that this host is alive, so that another can take over when it is not.
 */
export const runAgents = async (
  names: readonly string[],
  makers: AgentMakers,
  parts: HostParts,
  signal: AbortSignal,
): Promise<void> => {
  const chosen = names.map((name) => {
    const make = makers[name]
    if (!make) throw new UnknownAgent(name, Object.keys(makers))
    return { name, make }
  })
  const supervised = new Map<string, SupervisedAgent>()
  const onLate = () => {
    for (const [name, { giveWay }] of supervised)
      void holds(name, parts)
        .then((still) => still || giveWay())
        // The store is away again: the next beat is late as well, and asks again.
        .catch(() => {})
  }
  const beats = beat(parts, { agents: () => names, onLate, signal })
  await Promise.race([beats.first, beats.running])
  if (!signal.aborted)
    for (const { name, make } of chosen) {
      const agent = superviseAgent(name, make, parts, signal)
      supervised.set(name, agent)
      parts.onSupervised?.(name, agent)
    }
  await Promise.all([...supervised.values()].map(({ running }) => running))
  await beats.running
}
