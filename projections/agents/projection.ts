import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { agentsTables } from './tables.ts'

const { insert, put, merge, add } = changesOf(agentsTables)

/** The observatory's agents: who runs them, how they are, and what went wrong. A claim comes before all else. */
export const agents = defineProjection({
  name: 'agents',
  version: 1,
  tables: agentsTables,
  handles: {
    AgentClaimed: ({ data: { agent, host }, metadata: { occurredAt } }) => [
      put('agent', { name: agent, host, state: 'INIT', since: occurredAt, restarts: 0 }),
    ],
    AgentReady: ({ data, metadata }) => [
      merge('agent', { name: data.agent, state: 'READY', since: metadata.occurredAt }),
    ],
    AgentActivated: ({ data, metadata }) => [
      merge('agent', { name: data.agent, state: 'ACTIVE', since: metadata.occurredAt }),
    ],
    AgentFailed: ({ id, data: { agent, during, code, why }, metadata: { occurredAt } }) => [
      merge('agent', { name: agent, state: 'ERROR', since: occurredAt }),
      insert('agent_failure', { event_id: id, agent, failed_at: occurredAt, during, code, why }),
    ],
    AgentTerminated: ({ data, metadata }) => [
      merge('agent', { name: data.agent, state: 'TERMINATED', since: metadata.occurredAt }),
    ],
    AgentRestarted: ({ data }) => [add('agent', { name: data.agent, restarts: 1 })],
    AgentGivenUp: ({ data, metadata }) => [
      merge('agent', { name: data.agent, state: 'GIVEN_UP', since: metadata.occurredAt }),
    ],
  },
})
