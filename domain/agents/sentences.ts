import { type AgentEvent, agentEvents } from './events.ts'
import { type MessageEvent, messageEvents } from './message-events.ts'

const types: ReadonlySet<string> = new Set([...agentEvents, ...messageEvents].map(({ type }) => type))

export const isAgentEvent = (event: { readonly type: string }): event is AgentEvent | MessageEvent =>
  types.has(event.type)

/** What an event of the agents says, as one sentence in the observatory's log. */
export const agentSentence = (event: AgentEvent | MessageEvent): string => {
  switch (event.type) {
    case 'AgentClaimed':
      return `${event.data.agent} is run by ${event.data.host} from now on`
    case 'AgentHostSeen':
      return `${event.data.host} is alive and runs ${event.data.agents.join(', ')}`
    case 'AgentReady':
      return `${event.data.agent} is ready`
    case 'AgentActivated':
      return `${event.data.agent} is at work`
    case 'AgentFailed':
      return `${event.data.agent} failed (${event.data.during}, ${event.data.code}): ${event.data.why}`
    case 'AgentTerminated':
      return `${event.data.agent} has ended`
    case 'AgentRestarted':
      return `${event.data.agent} is started again, attempt ${event.data.attempt}`
    case 'AgentGivenUp':
      return `ALARM: ${event.data.agent} is given up after ${event.data.failures} failures in ${event.data.windowS} s: ${event.data.why}`
    default:
      return messageSentence(event)
  }
}

const messageSentence = (event: MessageEvent): string => {
  const what = `"${event.data.name}" to ${event.data.agent}`
  switch (event.type) {
    case 'AgentMessageSent':
      return `${event.data.from} sends ${what}`
    case 'AgentMessageAgreed':
      return `${what} is in hand`
    case 'AgentMessageRefused':
      return `${what} refused (${event.data.code}): ${event.data.why}`
    case 'AgentMessageHandled':
      return `${what} is done`
    case 'AgentMessageFailed':
      return `${what} failed (${event.data.code}): ${event.data.why}`
    case 'AgentMessageUnhandled':
      return `${what}: it knows nothing by that name`
    case 'AgentMessageTimedOut':
      return `${what} had no answer within ${event.data.afterS} s`
    case 'AgentMessageRevoked':
      return `${what} was taken back`
    case 'AgentMessageAborted':
      return `${what} was taken back while in hand`
    case 'AgentReplyDropped':
      return `late ${event.data.reply} for ${what}, which was ${event.data.state} already`
  }
}

/** A beat says nothing new. */
export const isBeat = ({ type }: { readonly type: string }): boolean => type === 'AgentHostSeen'
