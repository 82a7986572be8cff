import type { Happening } from './happenings.ts'

const night = '2026-11-20'

const of = (agent: string, type: string, data: object = {}): Happening => ({
  type,
  data: { agent, ...data },
  night,
  stream: `agent-${agent}`,
})

const failed = { during: 'work', code: 'uncaught', why: 'planning: no sky' }

/** Everything that can become of agents. */
export const agentsStory: readonly Happening[] = [
  of('majordome', 'AgentClaimed', { host: 'first' }),
  of('majordome', 'AgentReady'),
  of('majordome', 'AgentActivated'),
  of('planner', 'AgentClaimed', { host: 'first' }),
  of('planner', 'AgentReady'),
  of('planner', 'AgentFailed', failed),
  of('planner', 'AgentRestarted', { attempt: 1 }),
  of('planner', 'AgentFailed', { ...failed, during: 'activate', code: 'AgentStartFailed' }),
  of('planner', 'AgentGivenUp', { host: 'first', failures: 5, windowS: 60, why: 'planning: no sky' }),
  of('majordome', 'AgentTerminated', { host: 'first' }),
  of('majordome', 'AgentClaimed', { host: 'second' }),
]
