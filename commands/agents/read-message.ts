import type { EventStore } from '#commands/event-store.ts'
import { type MessageEvent, messageEvents } from '#domain/agents/message-events.ts'
import { messageStream } from '#domain/agents/streams.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'

const types: ReadonlySet<string> = new Set(messageEvents.map(({ type }) => type))

export const isMessageEvent = <E extends DomainEvent>(event: E): event is E & MessageEvent =>
  types.has(event.type)

/** A message and what became of it, oldest event first. */
export const readMessage = async (
  store: EventStore,
  agent: string,
  messageId: string,
): Promise<Recorded<MessageEvent>[]> => {
  const events: Recorded<MessageEvent>[] = []
  for await (const event of store.readBackwards(messageStream(agent, messageId)))
    if (isMessageEvent(event)) events.push(event)
  return events.reverse()
}
