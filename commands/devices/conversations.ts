import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope, type Handled } from '#commands/handle.ts'
import { type ConversationCommand, conversation } from '#domain/devices/conversation.ts'
import { type ConversationEvent, deviceEvents } from '#domain/devices/events.ts'
import { conversationStream } from '#domain/devices/streams.ts'
import type { DomainEvent } from '#domain/shared/event.ts'

const types: ReadonlySet<string> = new Set(
  deviceEvents.map(({ type }) => type).filter((type) => type.startsWith('DeviceCommand')),
)

const isConversationEvent = (event: DomainEvent): event is ConversationEvent => types.has(event.type)

export type Converse = {
  /** Puts a step on record; one that does not follow from the state changes nothing. */
  tell(command: ConversationCommand, envelope: Envelope): Promise<Handled<ConversationEvent>>
  /** How far a conversation that was requested has come. */
  stateOf(conversationId: string, night: string): Promise<'requested' | 'agreed' | 'over'>
}

/** The conversations in the log, each in its own stream. */
export const converseOn = (store: EventStore, site: string): Converse => ({
  tell: commandHandler({
    store,
    decider: conversation,
    streamOf: ({ conversationId, night }) => conversationStream(conversationId, night),
    site,
    isOwn: isConversationEvent,
  }),
  stateOf: async (conversationId, night) => {
    for await (const event of store.readBackwards(conversationStream(conversationId, night))) {
      if (!isConversationEvent(event)) continue
      const state = conversation.evolve('none', event, event.metadata.occurredAt)
      return state === 'none' ? 'requested' : state
    }
    return 'requested'
  },
})
