import type { EventFeed } from '#commands/event-feed.ts'
import { OutOfTurn } from '#domain/agents/message.ts'
import { type AgentMessageSent, messageEvents } from '#domain/agents/message-events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { isMessageEvent } from './read-message.ts'
import { type MessageSurroundings, messageHandling } from './settle.ts'

export type PurgeParts = MessageSurroundings & { readonly feed: EventFeed }

/** How many messages of an agent were taken back. */
export type Purged = { readonly agent: string; readonly count: number }

/** What was sent to an agent and is over in no way, nor in hand, when the end of the log is reached. */
const waitingIn = async (feed: EventFeed, signal: AbortSignal): Promise<AgentMessageSent['data'][]> => {
  const waiting = new Map<string, AgentMessageSent['data']>()
  const types = messageEvents.map(({ type }) => type)
  for await (const { events, caughtUp } of feed.follow(types, null, signal)) {
    for (const event of events) {
      if (isSent(event)) waiting.set(event.data.messageId, event.data)
      else if (isMessageEvent(event)) waiting.delete(event.data.messageId)
    }
    if (caughtUp) break
  }
  return [...waiting.values()]
}

const isSent = (event: Recorded): event is Recorded<AgentMessageSent> => event.type === 'AgentMessageSent'

/**
 * Takes back every message that waits for one of these agents (A20), each on record; what an agent has in hand it
 * finishes. There is no undo. Rejects when the log is away; repeating is safe.
 */
export const purgeMessages = async (
  parts: PurgeParts,
  agents: readonly string[],
  actor: Actor,
  signal: AbortSignal,
): Promise<Purged[]> => {
  const handle = messageHandling(parts)
  const counts = new Map(agents.map((agent) => [agent, 0]))
  for (const { agent, messageId, name } of await waitingIn(parts.feed, signal)) {
    const before = counts.get(agent)
    if (before === undefined) continue
    try {
      const about = { agent, messageId, name, terminate: false }
      const { events } = await handle({ type: 'RevokeMessage', ...about }, actor, signal)
      counts.set(agent, before + events.length)
    } catch (error) {
      // It was taken in hand in this very moment.
      if (!(error instanceof OutOfTurn)) throw error
    }
  }
  return [...counts].map(([agent, count]) => ({ agent, count }))
}
