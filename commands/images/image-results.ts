import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope } from '#commands/handle.ts'
import { type RecordResult, recordOnce } from '#domain/images/record-once.ts'
import { isImageEvent } from '#domain/images/sentences.ts'

/** Puts what came of images on record, once each. */
export const imageResults = (store: EventStore, site: string) => {
  const handle = commandHandler({
    store,
    decider: recordOnce,
    streamOf: ({ stream }: RecordResult) => stream,
    site,
    isOwn: isImageEvent,
  })
  return (command: RecordResult, envelope: Envelope) => handle(command, envelope)
}
