import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope, type Handled } from '#commands/handle.ts'
import type { OperationEvent } from '#domain/operation/events.ts'
import { operation } from '#domain/operation/operation.ts'
import { isOperationEvent } from '#domain/operation/sentences.ts'
import { operationStream } from '#domain/operation/streams.ts'

export type RecordOperation = (done: OperationEvent, envelope: Envelope) => Promise<Handled<OperationEvent>>

/** Puts on record what a person does at the controls; the same command id is one event. */
export const operationsOn = (store: EventStore, site: string): RecordOperation => {
  return (done, envelope) =>
    commandHandler({
      store,
      decider: operation,
      streamOf: () => operationStream(site, envelope.night),
      site,
      isOwn: isOperationEvent,
    })(done, envelope)
}
