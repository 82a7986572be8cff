import type { Appended, EventStore } from '#commands/event-store.ts'
import { CommandDiffers } from '#commands/handle.ts'
import type { AskReason } from '#domain/planning/events.ts'
import { scheduleAskStream } from '#domain/planning/streams.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import type { Instant } from '#domain/shared/time.ts'

export type ScheduleAsk = {
  readonly askId: string
  readonly why: AskReason
  readonly detail: string
  readonly keep: boolean
  readonly at: Instant
  readonly night: string
  readonly site: string
  readonly actor: Actor
  /** Of what the asker said, where the id is theirs to choose; another under the same id is {@link CommandDiffers}. */
  readonly digest?: string
}

/** Puts an ask for a plan on record; asked again with the same id it is there once. Gives the event's id. */
export const askSchedule = async (
  store: EventStore,
  { askId, why, detail, keep, at, night, site, actor, digest }: ScheduleAsk,
): Promise<Appended & { readonly eventId: string }> => {
  const eventId = eventIdOf(askId, 0)
  const stream = scheduleAskStream(askId)
  if (digest !== undefined)
    for await (const before of store.readBackwards(stream))
      if (before.metadata.commandDigest !== digest) throw new CommandDiffers()
  const digested = digest === undefined ? {} : { commandDigest: digest }
  const about = { occurredAt: at, correlationId: askId, causationId: askId, actor, site, night }
  const ask = {
    id: eventId,
    type: 'ScheduleAsked',
    data: { why, detail, keep },
    metadata: { ...about, ...digested },
  }
  return { ...(await store.append(stream, [ask], 'none')), eventId }
}
