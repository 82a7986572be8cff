import type { IsGone } from '#commands/agents/claim.ts'
import { isConnected } from '#commands/agents/presence.ts'
import type { AgentSurroundings } from '#commands/agents/record.ts'
import { agentMessages, RequestFailed, type Sending } from '#commands/agents/send.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import { agentSenders, directory } from '#domain/live/directory.ts'
import { type RequestCode, RequestRefused } from './request-refused.ts'
import type { Router } from './router.ts'

export type RequestParts = AgentSurroundings & {
  readonly feed: EventFeed
  readonly router: Pick<Router, 'has' | 'request'>
  readonly isGone: IsGone
}

export type SenderRequest = Pick<Sending, 'messageId' | 'actor' | 'name' | 'content'> & {
  readonly sender: string
  readonly timeoutS: number
}

const codeOf = ({ outcome }: RequestFailed): RequestCode => {
  switch (outcome) {
    case 'AgentMessageUnhandled':
      return 'NO_SUCH_REQUEST'
    case 'AgentMessageTimedOut':
      return 'TIMEOUT'
    case 'AgentMessageRefused':
      return 'REQUEST_REFUSED'
    default:
      return 'REQUEST_FAILED'
  }
}

/**
 * Asks a sender, of this process or an agent anywhere; the reply is the asker's alone (S12). An agent is asked through the
 * log, so what was asked and answered is on record. Rejects with {@link RequestRefused}: at once when nobody is there.
 */
export const senderRequests = (parts: RequestParts) => {
  const messages = agentMessages({ ...parts, agents: agentSenders })

  return async ({ sender, timeoutS, ...asked }: SenderRequest, signal: AbortSignal): Promise<unknown> => {
    const { router, isGone } = parts
    if (router.has(sender)) return router.request(sender, asked.name, asked.content, timeoutS * 1000)
    if (directory.namesOf(sender) === null) {
      const known = `the agents are ${agentSenders.join(', ')}`
      throw new RequestRefused('UNKNOWN_AGENT', `nobody is called ${sender}; ${known}`)
    }
    if (!agentSenders.includes(sender) || !(await isConnected(sender, parts, isGone)))
      throw new RequestRefused('SENDER_NOT_CONNECTED', `${sender} is not there to be asked just now`)
    try {
      return await messages.ask({ agent: sender, timeoutS, ...asked }, signal)
    } catch (error) {
      throw error instanceof RequestFailed ? new RequestRefused(codeOf(error), error.message) : error
    }
  }
}
