import type { Decider } from '#domain/shared/decider.ts'
import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import {
  type ConversationInput,
  type ConversationState,
  conversationAfter,
  isSettled,
} from './conversation.ts'
import type { MessageEvent } from './message-events.ts'

type About = { readonly agent: string; readonly messageId: string; readonly name: string }

export type MessageCommand = About &
  (
    | {
        readonly type: 'SendMessage'
        readonly content: unknown
        readonly from: string
        readonly notBeforeAt: Instant | null
        readonly deadlineAt: Instant | null
      }
    | { readonly type: 'AgreeMessage' }
    | { readonly type: 'RefuseMessage' | 'FailMessage'; readonly code: number; readonly why: string }
    | { readonly type: 'LeaveMessageUnhandled' }
    | { readonly type: 'SettleMessage'; readonly result: unknown }
    | { readonly type: 'TimeMessageOut'; readonly at: Instant }
    /** With `terminate` also when it is in hand already. */
    | { readonly type: 'RevokeMessage'; readonly terminate: boolean }
  )

export type MessageState = { readonly conversation: ConversationState; readonly sentAt: Instant | null }

/** A conversation's input out of turn: nothing is recorded. */
export class OutOfTurn extends Error {
  constructor(input: string, state: ConversationState) {
    super(`${input} makes no sense in a conversation that is ${state}`)
    this.name = 'OutOfTurn'
  }
}

const inputOf: Readonly<Record<MessageEvent['type'], ConversationInput | null>> = {
  AgentMessageSent: 'request',
  AgentMessageAgreed: 'agree',
  AgentMessageRefused: 'refuse',
  AgentMessageHandled: 'result',
  AgentMessageFailed: 'failure',
  AgentMessageUnhandled: 'failure',
  AgentMessageTimedOut: 'timeout',
  AgentMessageRevoked: 'revoke',
  AgentMessageAborted: 'revoke',
  AgentReplyDropped: null,
}

/** A reply of the agent, which may come too late; the rest is the other side's. */
const replies: ReadonlySet<MessageCommand['type']> = new Set([
  'RefuseMessage',
  'FailMessage',
  'SettleMessage',
  'LeaveMessageUnhandled',
])

const eventOf = (command: MessageCommand, { conversation, sentAt }: MessageState): MessageEvent => {
  const { agent, messageId, name } = command
  const about = { agent, messageId, name }
  switch (command.type) {
    case 'SendMessage': {
      const { content, from, notBeforeAt, deadlineAt } = command
      return { type: 'AgentMessageSent', data: { ...about, content, from, notBeforeAt, deadlineAt } }
    }
    case 'AgreeMessage':
      return { type: 'AgentMessageAgreed', data: about }
    case 'RefuseMessage':
      return { type: 'AgentMessageRefused', data: { ...about, code: command.code, why: command.why } }
    case 'FailMessage':
      return { type: 'AgentMessageFailed', data: { ...about, code: command.code, why: command.why } }
    case 'LeaveMessageUnhandled':
      return { type: 'AgentMessageUnhandled', data: about }
    case 'SettleMessage':
      return { type: 'AgentMessageHandled', data: { ...about, result: command.result ?? null } }
    case 'TimeMessageOut': {
      const afterS = Math.max(0, secondsBetween(sentAt ?? command.at, command.at))
      return { type: 'AgentMessageTimedOut', data: { ...about, afterS } }
    }
    case 'RevokeMessage':
      return { type: conversation === 'AGREED' ? 'AgentMessageAborted' : 'AgentMessageRevoked', data: about }
  }
}

/** One message to an agent as a conversation: settled once, at once, and whatever comes later is recorded and dropped. */
export const messageDecider: Decider<MessageState, MessageCommand, MessageEvent> = {
  initial: { conversation: 'INIT', sentAt: null },

  evolve: ({ conversation, sentAt }, { type }, occurredAt) => {
    const input = inputOf[type]
    return {
      conversation: input ? conversationAfter(conversation, input) : conversation,
      sentAt: type === 'AgentMessageSent' ? occurredAt : sentAt,
    }
  },

  decide: (command, state) => {
    const event = eventOf(command, state)
    const { conversation } = state
    if (isSettled(conversation)) {
      if (command.type === 'AgreeMessage') throw new OutOfTurn(command.type, conversation)
      if (!replies.has(command.type)) return []
      const { agent, messageId, name } = command
      const late = { agent, messageId, name, reply: event.type, state: conversation }
      return [{ type: 'AgentReplyDropped', data: late }]
    }
    if (command.type === 'RevokeMessage' && conversation === 'AGREED' && !command.terminate)
      throw new OutOfTurn(command.type, conversation)
    const input = inputOf[event.type]
    // Agreed once and cut short by a crash: it is handled again.
    if (command.type === 'AgreeMessage' && conversation === 'AGREED') return []
    if (!input || conversationAfter(conversation, input) === 'ERROR')
      throw new OutOfTurn(command.type, conversation)
    return [event]
  },
}
