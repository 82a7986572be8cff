import type { Ended } from '#api/parts/supervise.ts'
import { AgentRecorder, type AgentSurroundings } from '#commands/agents/record.ts'

/** The life of a process on record, as that of an agent `process-<program>` which the superagent runs. */
export const processRecord = (program: string, surroundings: AgentSurroundings, signal: AbortSignal) => {
  const agent = `process-${program}`
  const { host } = surroundings
  const recorder = new AgentRecorder(agent, surroundings, signal)
  recorder.record({ type: 'AgentClaimed', data: { agent, host } })
  return {
    up: () => recorder.record({ type: 'AgentActivated', data: { agent } }),
    ended: ({ why, next }: Ended) => {
      recorder.record({
        type: 'AgentFailed',
        data: { agent, during: 'work', code: 'PROCESS_ENDED', why },
      })
      if (next.givenUp) {
        const { failures, windowS } = next
        recorder.record({ type: 'AgentGivenUp', data: { agent, host, failures, windowS, why } })
      } else recorder.record({ type: 'AgentRestarted', data: { agent, attempt: next.attempt } })
    },
    over: () => {
      recorder.record({ type: 'AgentTerminated', data: { agent, host } })
      return recorder.settled()
    },
  }
}
