import { RevisionConflict } from '#commands/event-store.ts'
import type { AgentEvent } from '#domain/agents/events.ts'
import { isAgentEvent } from '#domain/agents/sentences.ts'
import { agentHostStream, agentStream } from '#domain/agents/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { instantOf } from '#domain/shared/time.ts'
import { type AgentSurroundings, newestOf, proposed } from './record.ts'

/** Another process that is alive runs this agent. */
export class AgentAlreadyRunning extends Error {
  readonly code = 'AGENT_ALREADY_RUNNING'
  readonly host: string
  constructor(agent: string, host: string) {
    super(`${agent} is run by ${host}`)
    this.name = 'AgentAlreadyRunning'
    this.host = host
  }
}

/** Whether a host is known to have ended; false when it cannot be told from here. */
export type IsGone = (host: string) => Promise<boolean>

type Standing = { readonly holder: string | null; readonly newest: Recorded | null }

const isOwn = (event: Recorded): event is Recorded<AgentEvent> => isAgentEvent(event)

/** Who holds an agent, by its stream alone. */
const standingOf = async (agent: string, { store }: AgentSurroundings): Promise<Standing> => {
  let newest: Recorded | null = null
  // A host that has lost its agent may say so after another has claimed it.
  const ended = new Set<string>()
  for await (const event of store.readBackwards(agentStream(agent))) {
    newest ??= event
    if (!isOwn(event)) continue
    if (event.type === 'AgentTerminated' || event.type === 'AgentGivenUp') ended.add(event.data.host)
    if (event.type !== 'AgentClaimed') continue
    return { holder: ended.has(event.data.host) ? null : event.data.host, newest }
  }
  return { holder: null, newest }
}

/** Whether a host has said that it is alive, and for how long, and that time has not passed. */
export const isAlive = async (
  host: string,
  { store, clock }: Pick<AgentSurroundings, 'store' | 'clock'>,
  isGone: IsGone,
): Promise<boolean> => {
  if (await isGone(host)) return false
  const beat = await newestOf(store, agentHostStream(host))
  return (
    beat !== null && isOwn(beat) && beat.type === 'AgentHostSeen' && beat.data.until > instantOf(clock.now())
  )
}

/** Whether this host holds the agent at this moment. */
export const holds = async (agent: string, surroundings: AgentSurroundings): Promise<boolean> =>
  (await standingOf(agent, surroundings)).holder === surroundings.host

/**
 * Makes this host the one that runs the agent; rejects with {@link AgentAlreadyRunning} while another one lives. The host
 * must have said that it is alive before. Of two who claim at once the log lets one through.
 */
export const claimAgent = async (
  agent: string,
  surroundings: AgentSurroundings,
  isGone: IsGone,
): Promise<void> => {
  for (;;) {
    const { holder, newest } = await standingOf(agent, surroundings)
    if (holder === surroundings.host) return
    if (holder !== null && (await isAlive(holder, surroundings, isGone)))
      throw new AgentAlreadyRunning(agent, holder)
    const claimed = { type: 'AgentClaimed', data: { agent, host: surroundings.host } } as const
    const actor = { kind: 'agent', id: agent } as const
    const number = newest === null ? 0 : Number(newest.revision) + 1
    try {
      const event = proposed(claimed, surroundings, { affair: `${agent}/claim`, number, actor })
      await surroundings.store.append(agentStream(agent), [event], newest?.revision ?? 'none')
      return
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error
    }
  }
}
