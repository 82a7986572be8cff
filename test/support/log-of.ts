import type { EventStore } from '#commands/event-store.ts'
import type { Recorded } from '#domain/shared/event.ts'

/** A stream, oldest event first. */
export const logOf = async (store: EventStore, stream: string): Promise<Recorded[]> => {
  const events: Recorded[] = []
  for await (const event of store.readBackwards(stream)) events.push(event)
  return events.reverse()
}
