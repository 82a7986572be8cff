/** The life of an agent, over all its starts. */
export const agentStream = (agent: string): string => `agent-${agent}`

/** The beats of one process that runs agents; `host` has no characters but letters, digits, dots and dashes. */
export const agentHostStream = (host: string): string => `agentHost-${host}`

/** One message to an agent and what became of it. */
export const messageStream = (agent: string, messageId: string): string => `agentInbox-${agent}-${messageId}`
