import type { EventStore } from '#commands/event-store.ts'
import { commandHandler } from '#commands/handle.ts'
import { isTriggerEvent } from '#domain/alerts/events.ts'
import { triggerStream } from '#domain/alerts/streams.ts'
import { triggerDecider } from '#domain/alerts/trigger-decider.ts'

/** Handles commands to a trigger, in its stream. */
export const triggerHandler = (store: EventStore, site: string) =>
  commandHandler({
    store,
    decider: triggerDecider,
    streamOf: ({ mission, triggerId }) => triggerStream(mission, triggerId),
    site,
    isOwn: isTriggerEvent,
  })
