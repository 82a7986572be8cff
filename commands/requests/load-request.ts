import type { EventStore, Revision } from '#commands/event-store.ts'
import type { RequestEvent } from '#domain/requests/events.ts'
import { isRequestEvent } from '#domain/requests/sentences.ts'
import { evolveRequest, noRequest, type RequestState } from '#domain/requests/state.ts'
import { requestStream } from '#domain/requests/streams.ts'

/** A request as the log has it at this moment. */
export const loadRequest = async (
  store: EventStore,
  requestId: string,
): Promise<{ state: RequestState; revision: Revision }> => {
  const past: RequestEvent[] = []
  let revision: Revision = 'none'
  for await (const event of store.readBackwards(requestStream(requestId))) {
    if (revision === 'none') revision = event.revision
    if (isRequestEvent(event)) past.push(event)
  }
  return { state: past.reduceRight(evolveRequest, noRequest), revision }
}
