import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

/** As it stands in `agent-<name>`. */
const agent = z.string().regex(/^[a-z][a-z0-9-]*$/)

/** From here on this host, and no other, runs the agent. */
export const agentClaimed = defineEvent('AgentClaimed', {
  version: 1,
  schema: z.object({ agent, host: z.string() }),
})
/** A host is alive: what it has claimed is its own until then. */
export const agentHostSeen = defineEvent('AgentHostSeen', {
  version: 1,
  schema: z.object({ host: z.string(), agents: z.array(agent), until: z.iso.datetime() }),
})
export const agentReady = defineEvent('AgentReady', { version: 1, schema: z.object({ agent }) })
export const agentActivated = defineEvent('AgentActivated', { version: 1, schema: z.object({ agent }) })
export const agentFailed = defineEvent('AgentFailed', {
  version: 1,
  schema: z.object({
    agent,
    during: z.enum(['initialize', 'activate', 'work', 'deactivate', 'terminate']),
    code: z.string(),
    why: z.string(),
  }),
})
/** Its work is over and what it had open is closed. */
export const agentTerminated = defineEvent('AgentTerminated', {
  version: 1,
  schema: z.object({ agent, host: z.string() }),
})
export const agentRestarted = defineEvent('AgentRestarted', {
  version: 1,
  schema: z.object({ agent, attempt: z.int().positive() }),
})
/** An alarm: nobody starts it again. */
export const agentGivenUp = defineEvent('AgentGivenUp', {
  version: 1,
  schema: z.object({
    agent,
    host: z.string(),
    failures: z.int().positive(),
    windowS: z.number().positive(),
    why: z.string(),
  }),
})

export const agentEvents = [
  agentClaimed,
  agentHostSeen,
  agentReady,
  agentActivated,
  agentFailed,
  agentTerminated,
  agentRestarted,
  agentGivenUp,
] as const

export type AgentEvent = EventOf<(typeof agentEvents)[number]>
export type AgentClaimed = EventOf<typeof agentClaimed>
export type AgentHostSeen = EventOf<typeof agentHostSeen>
export type AgentFailed = EventOf<typeof agentFailed>
