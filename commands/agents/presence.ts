import { isAgentEvent } from '#domain/agents/sentences.ts'
import { agentStream } from '#domain/agents/streams.ts'
import { type IsGone, isAlive } from './claim.ts'
import type { AgentSurroundings } from './record.ts'

/**
 * Whether an agent is at work in a process that lives: by what its stream says, and by the beats of who claimed it. The
 * process of another machine that was killed counts as alive until its last beat is over, 30 s at the most.
 */
export const isConnected = async (
  agent: string,
  surroundings: Pick<AgentSurroundings, 'store' | 'clock'>,
  isGone: IsGone,
): Promise<boolean> => {
  let atWork: boolean | null = null
  // A host that has lost its agent may say so after another has claimed it.
  const ended = new Set<string>()
  for await (const event of surroundings.store.readBackwards(agentStream(agent))) {
    if (!isAgentEvent(event)) continue
    if (event.type === 'AgentTerminated' || event.type === 'AgentGivenUp') ended.add(event.data.host)
    else if (event.type !== 'AgentClaimed') atWork ??= event.type === 'AgentActivated'
    else {
      const { host } = event.data
      return atWork === true && !ended.has(host) && (await isAlive(host, surroundings, isGone))
    }
  }
  return false
}
