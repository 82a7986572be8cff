import type { EventFeed } from '#commands/event-feed.ts'
import { steadyFeed } from '#commands/process/steady-feed.ts'
import { firstOf } from '#commands/process/wait.ts'
import { faultOf } from '#domain/agents/conversation.ts'
import type { MessageEvent } from '#domain/agents/message-events.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { instantOf } from '#domain/shared/time.ts'
import { isMessageEvent, readMessage } from './read-message.ts'
import type { AgentSurroundings } from './record.ts'
import { messageHandling } from './settle.ts'

/** There is no agent by that name; nothing is appended (A1). */
export class UnknownAgent extends Error {
  readonly code = 'UNKNOWN_AGENT'
  constructor(agent: string, known: readonly string[]) {
    super(`there is no agent ${agent}; there are ${known.join(', ')}`)
    this.name = 'UnknownAgent'
  }
}

/** What became of a request that was not done. */
export class RequestFailed extends Error {
  readonly outcome: MessageEvent['type']
  readonly fault: ReturnType<typeof faultOf>
  constructor({ type, data }: MessageEvent) {
    const why = 'why' in data ? data.why : 'no reason given'
    super(`${data.name} to ${data.agent}: ${type}: ${why}`)
    this.name = 'RequestFailed'
    this.outcome = type
    this.fault = 'code' in data ? faultOf(data.code) : 'unknown'
  }
}

export type Sending = {
  readonly messageId: string
  readonly agent: string
  readonly name: string
  readonly content: unknown
  readonly actor: Actor
  /** Handled so many seconds from now (A15). */
  readonly countdownS?: number
  /** After so many seconds the answer is not waited for any more. */
  readonly timeoutS?: number
}

export type SendParts = AgentSurroundings & { readonly feed: EventFeed; readonly agents: readonly string[] }

const defaultTimeoutS = 15

/** How others talk to an agent: through the log, so it need not be there. */
export const agentMessages = (parts: SendParts) => {
  const handle = messageHandling(parts)
  const { clock, agents } = parts

  /** Resolves once the message is in the log, where it waits for its agent. */
  const send = async ({ messageId, agent, name, content, actor, countdownS, timeoutS }: Sending) => {
    if (!agents.includes(agent)) throw new UnknownAgent(agent, agents)
    const inS = (seconds: number | undefined) =>
      seconds === undefined ? null : instantOf(clock.now() + seconds * 1000)
    const [notBeforeAt, deadlineAt] = [inS(countdownS), inS(timeoutS)]
    const about = { agent, messageId, name, content, from: actor.id, notBeforeAt, deadlineAt }
    await handle({ type: 'SendMessage', ...about }, actor)
  }

  /** Sends and waits for the answer; rejects with {@link RequestFailed} as soon as there will be none. */
  const ask = async (sending: Sending, signal: AbortSignal): Promise<unknown> => {
    const { timeoutS = defaultTimeoutS, agent, messageId, name, actor } = sending
    const deadline = clock.now() + timeoutS * 1000
    await send({ ...sending, timeoutS })
    const over = new AbortController()
    const waiting = settled(parts, sending, AbortSignal.any([signal, over.signal]))
    try {
      if ((await firstOf(waiting, deadline, clock, signal)) === 'time')
        await handle({ type: 'TimeMessageOut', agent, messageId, name, at: instantOf(clock.now()) }, actor)
      return answerIn(await waiting)
    } finally {
      over.abort()
    }
  }

  /** Takes a message back: before it is handled, or with `terminate` also while it is (A17). */
  const revoke = async (
    { agent, messageId, name, actor }: Pick<Sending, 'agent' | 'messageId' | 'name' | 'actor'>,
    terminate: boolean,
  ) => {
    await handle({ type: 'RevokeMessage', agent, messageId, name, terminate }, actor)
  }

  return { send, ask, revoke }
}

const ends = [
  'AgentMessageHandled',
  'AgentMessageFailed',
  'AgentMessageRefused',
  'AgentMessageUnhandled',
  'AgentMessageTimedOut',
  'AgentMessageRevoked',
  'AgentMessageAborted',
] as const

/** The event that ended a conversation, once there is one. */
const settled = async (
  { store, feed, clock }: SendParts,
  { agent, messageId }: Sending,
  signal: AbortSignal,
): Promise<MessageEvent> => {
  const head = await feed.head()
  // What ended it before we began to listen stands in its stream.
  const before = (await readMessage(store, agent, messageId)).find(isEnd)
  if (before) return before
  const parts = { feed, clock, types: ends, after: head, onTrouble: () => {} }
  for await (const { events } of steadyFeed(parts, signal))
    for (const event of events) {
      if (isMessageEvent(event) && event.data.messageId === messageId && isEnd(event)) return event
    }
  throw signal.reason
}

const isEnd = ({ type }: MessageEvent): boolean => ends.some((end) => end === type)

const answerIn = (end: MessageEvent): unknown => {
  if (end.type === 'AgentMessageHandled') return end.data.result
  throw new RequestFailed(end)
}
