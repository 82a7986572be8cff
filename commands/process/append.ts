import {
  type Appended,
  type EventStore,
  type ProposedEvent,
  type Revision,
  StoreUnavailable,
} from '#commands/event-store.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { retryMs } from './steady-feed.ts'

/** Appends one event, again and again while the store is away; rejects with `RevisionConflict` when another wrote first. */
export const appendSteadily = async (
  { store, clock }: { store: EventStore; clock: Clock },
  { stream, event, expected }: { stream: string; event: ProposedEvent; expected: Revision },
  { signal, onTrouble }: { signal: AbortSignal; onTrouble: (error: unknown) => void },
): Promise<Appended> => {
  for (;;) {
    try {
      const appended = await store.append(stream, [event], expected)
      onTrouble(null)
      return appended
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      onTrouble(error)
      await clock.sleepUntil(clock.now() + retryMs, signal)
    }
  }
}
