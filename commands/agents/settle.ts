import { StoreUnavailable } from '#commands/event-store.ts'
import { commandHandler, type Envelope, type Handled } from '#commands/handle.ts'
import { retryMs } from '#commands/process/steady-feed.ts'
import { type MessageCommand, messageDecider } from '#domain/agents/message.ts'
import type { MessageEvent } from '#domain/agents/message-events.ts'
import { messageStream } from '#domain/agents/streams.ts'
import { uuidFrom } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { nightOf } from '#domain/shared/night.ts'
import { instantOf } from '#domain/shared/time.ts'
import { isMessageEvent } from './read-message.ts'
import type { AgentSurroundings } from './record.ts'

export type MessageSurroundings = Pick<AgentSurroundings, 'store' | 'clock' | 'site' | 'simulated'>

export type HandleMessage = (
  command: MessageCommand,
  actor: Actor,
  signal?: AbortSignal,
) => Promise<Handled<MessageEvent>>

/** Advances a message's conversation; tries again while the store is away. Each kind of step is taken once a message. */
export const messageHandling = (surroundings: MessageSurroundings): HandleMessage => {
  const { store, clock, site, simulated } = surroundings
  const handle = commandHandler({
    store,
    decider: messageDecider,
    streamOf: ({ agent, messageId }) => messageStream(agent, messageId),
    site: site.id,
    isOwn: isMessageEvent,
  })
  return async (command, actor, signal) => {
    for (;;) {
      const at = instantOf(clock.now())
      const envelope: Envelope = {
        commandId: uuidFrom(command.type, command.messageId),
        correlationId: command.messageId,
        at,
        night: nightOf(at, site.timeZone),
        actor,
        simulated,
      }
      try {
        return await handle(command, envelope)
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error
        await clock.sleepUntil(clock.now() + retryMs, signal)
      }
    }
  }
}
