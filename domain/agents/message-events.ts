import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

const message = { agent: z.string(), messageId: z.uuid(), name: z.string() }
/** 4xx: the sender's fault; 5xx: the agent's. */
const code = z.int().min(400).max(599)

export const agentMessageSent = defineEvent('AgentMessageSent', {
  version: 1,
  schema: z.object({
    ...message,
    content: z.unknown(),
    from: z.string(),
    /** Not handled before; null: at once. */
    notBeforeAt: z.iso.datetime().nullable(),
    /** Whoever asked waits no longer; null: it waits for ever. */
    deadlineAt: z.iso.datetime().nullable(),
  }),
})
/** The agent has it in hand. */
export const agentMessageAgreed = defineEvent('AgentMessageAgreed', { version: 1, schema: z.object(message) })
export const agentMessageRefused = defineEvent('AgentMessageRefused', {
  version: 1,
  schema: z.object({ ...message, code, why: z.string() }),
})
export const agentMessageHandled = defineEvent('AgentMessageHandled', {
  version: 1,
  schema: z.object({ ...message, result: z.unknown() }),
})
export const agentMessageFailed = defineEvent('AgentMessageFailed', {
  version: 1,
  schema: z.object({ ...message, code, why: z.string() }),
})
/** The agent knows nothing by that name. */
export const agentMessageUnhandled = defineEvent('AgentMessageUnhandled', {
  version: 1,
  schema: z.object(message),
})
export const agentMessageTimedOut = defineEvent('AgentMessageTimedOut', {
  version: 1,
  schema: z.object({ ...message, afterS: z.number().nonnegative() }),
})
/** Taken back before it was handled. */
export const agentMessageRevoked = defineEvent('AgentMessageRevoked', {
  version: 1,
  schema: z.object(message),
})
/** Taken back while it was being handled. */
export const agentMessageAborted = defineEvent('AgentMessageAborted', {
  version: 1,
  schema: z.object(message),
})
/** It came when the conversation was over. */
export const agentReplyDropped = defineEvent('AgentReplyDropped', {
  version: 1,
  schema: z.object({ ...message, reply: z.string(), state: z.string() }),
})

export const messageEvents = [
  agentMessageSent,
  agentMessageAgreed,
  agentMessageRefused,
  agentMessageHandled,
  agentMessageFailed,
  agentMessageUnhandled,
  agentMessageTimedOut,
  agentMessageRevoked,
  agentMessageAborted,
  agentReplyDropped,
] as const

export type MessageEvent = EventOf<(typeof messageEvents)[number]>
export type AgentMessageSent = EventOf<typeof agentMessageSent>
