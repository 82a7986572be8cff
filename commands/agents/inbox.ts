import type { EventFeed } from '#commands/event-feed.ts'
import { steadyFeed } from '#commands/process/steady-feed.ts'
import { notAdmitted, type Policy } from '#domain/agents/admission.ts'
import { OutOfTurn } from '#domain/agents/message.ts'
import { type AgentMessageSent, type MessageEvent, messageEvents } from '#domain/agents/message-events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf, instantOf } from '#domain/shared/time.ts'
import type { Agent } from './agent.ts'
import { BoundedInbox, InboxClosed } from './bounded-inbox.ts'
import { type Message, MessageFailed, type MessageHandler } from './message.ts'
import { isMessageEvent } from './read-message.ts'
import type { AgentSurroundings } from './record.ts'
import { messageHandling } from './settle.ts'

/** Messages waiting in memory at the most; more of them wait in the log. */
export const capacity = 64
const types = messageEvents.map(({ type }) => type)

type Sent = Recorded<AgentMessageSent>

export type InboxParts = AgentSurroundings & {
  readonly feed: EventFeed
  readonly onFill?: (waiting: number, capacity: number, handled: number) => void
}

/**
 * Hands an agent its messages, one at a time in the order of the log: those that came while it was down first, and again
 * what a crash cut short. After `draining` it takes no more but finishes what it has in hand.
 */
export const runInbox = async (agent: Agent, parts: InboxParts, draining: AbortSignal): Promise<void> => {
  await new AgentInbox(agent, parts, draining).run()
}

class AgentInbox {
  readonly #agent: Agent
  readonly #parts: InboxParts
  readonly #draining: AbortSignal
  readonly #queue = new BoundedInbox<Sent>(capacity)
  readonly #open = new Map<string, Sent>()
  readonly #offered = new Set<string>()
  readonly #handle: ReturnType<typeof messageHandling>
  #inHand: { readonly id: string; readonly abort: AbortController } | null = null
  #handled = 0

  /** What every agent can be asked. */
  readonly #usual: Readonly<Record<string, MessageHandler>> = {
    ping: async () => ({ pong: 'pong' }),
    status: async () => ({
      agent: this.#agent.name,
      host: this.#parts.host,
      waiting: this.#queue.size,
      capacity,
      handled: this.#handled,
      requests: [...new Set([...Object.keys(this.#usual), ...Object.keys(this.#agent.messages ?? {})])],
    }),
  }

  /** Anybody may ask how it is. */
  readonly #policy: Policy

  constructor(agent: Agent, parts: InboxParts, draining: AbortSignal) {
    this.#agent = agent
    const anybody = ['user', 'agent', 'program', 'simulator'] as const
    this.#policy = { ping: anybody, status: anybody, ...agent.policy }
    this.#parts = parts
    this.#draining = draining
    this.#handle = messageHandling(parts)
  }

  async run(): Promise<void> {
    const shutdown = () => this.#queue.shutdown()
    this.#draining.addEventListener('abort', shutdown, { once: true })
    try {
      await Promise.all([this.#read(), this.#work()])
    } finally {
      this.#queue.shutdown()
      this.#draining.removeEventListener('abort', shutdown)
    }
  }

  async #read(): Promise<void> {
    const { feed, clock } = this.#parts
    const batches = steadyFeed({ feed, clock, types, after: null, onTrouble: () => {} }, this.#draining)
    try {
      for await (const { events, caughtUp } of batches) {
        for (const event of events) this.#take(event)
        if (caughtUp) for (const sent of this.#open.values()) await this.#offer(sent)
      }
    } catch (error) {
      if (!(error instanceof InboxClosed)) throw error
    }
  }

  #take(event: Recorded): void {
    if (!isMessageEvent(event) || event.data.agent !== this.#agent.name) return
    if (isSent(event)) this.#open.set(event.data.messageId, event)
    else if (event.type !== 'AgentMessageAgreed') this.#close(event)
  }

  #close({ type, data: { messageId } }: Recorded<MessageEvent>): void {
    this.#open.delete(messageId)
    this.#offered.delete(messageId)
    if (type === 'AgentMessageAborted' && this.#inHand?.id === messageId) this.#inHand.abort.abort()
  }

  async #offer(sent: Sent): Promise<void> {
    const { messageId, notBeforeAt } = sent.data
    if (this.#offered.has(messageId)) return
    this.#offered.add(messageId)
    const { clock } = this.#parts
    if (notBeforeAt === null || epochMsOf(notBeforeAt) <= clock.now()) return this.#queue.put(sent)
    const due = clock.sleepUntil(epochMsOf(notBeforeAt), this.#draining).then(() => this.#queue.put(sent))
    // It ended before the time had come: the message is still in the log.
    due.catch(() => {})
  }

  async #work(): Promise<void> {
    for await (const sent of this.#queue.items()) {
      this.#tell()
      if (this.#open.has(sent.data.messageId)) await this.#answer(sent)
      this.#handled += 1
      this.#tell()
    }
  }

  async #answer(sent: Sent): Promise<void> {
    const { agent, messageId, name, content, from } = sent.data
    const about = { agent, messageId, name }
    const actor = { kind: 'agent', id: agent } as const
    const handler = this.#handlerOf(name)
    const refusal = notAdmitted(sent, this.#agent.name, this.#policy, instantOf(this.#parts.clock.now()))
    try {
      // What nobody here knows is told so, rather than that nobody may.
      if (refusal && (handler || refusal.code === 400))
        return void (await this.#handle({ type: 'RefuseMessage', ...about, ...refusal }, actor))
      if (!handler) return void (await this.#handle({ type: 'LeaveMessageUnhandled', ...about }, actor))
      await this.#handle({ type: 'AgreeMessage', ...about }, actor)
    } catch (error) {
      // Taken back or timed out in this very moment.
      if (error instanceof OutOfTurn) return
      throw error
    }
    const reply = await this.#reply({ id: messageId, name, content, from }, handler)
    await this.#handle({ ...about, ...reply }, actor)
  }

  #handlerOf(name: string): MessageHandler | null {
    const { messages = {} } = this.#agent
    if (Object.hasOwn(messages, name)) return messages[name] ?? null
    return Object.hasOwn(this.#usual, name) ? (this.#usual[name] ?? null) : null
  }

  async #reply(message: Message, handler: (message: Message, signal: AbortSignal) => Promise<unknown>) {
    const abort = new AbortController()
    this.#inHand = { id: message.id, abort }
    const { callbacks } = this.#agent
    try {
      callbacks?.tellBefore(message)
      const result = await handler(message, abort.signal)
      callbacks?.tellAfter(message, result)
      return { type: 'SettleMessage', result } as const
    } catch (error) {
      const code = error instanceof MessageFailed ? error.code : 500
      const why = error instanceof Error ? error.message : String(error)
      return { type: 'FailMessage', code, why } as const
    } finally {
      this.#inHand = null
    }
  }

  #tell(): void {
    this.#parts.onFill?.(this.#queue.size, capacity, this.#handled)
  }
}

const isSent = (event: Recorded<MessageEvent>): event is Sent => event.type === 'AgentMessageSent'
