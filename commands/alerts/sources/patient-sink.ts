import { RevisionConflict, StoreUnavailable } from '#commands/event-store.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { NoticeArrival, NoticeSink, Reception } from './notice-sink.ts'

const pauseMs = 500

const mayPass = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof RevisionConflict

/**
 * For sources that send nothing twice: keeps a notice and tries again until the log has it. `onWait` is told why it waits.
 * At most `atOnce` go to the log at the same time, the others wait in order.
 */
export const patientSink = (
  sink: NoticeSink,
  {
    clock,
    signal,
    onWait,
    atOnce = 32,
  }: { clock: Clock; signal: AbortSignal; onWait: (error: Error) => void; atOnce?: number },
): NoticeSink => {
  let free = atOnce
  const waiting: (() => void)[] = []
  const turn = async () => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const next = () => {
    const first = waiting.shift()
    if (first) first()
    else free += 1
  }
  const persist = async (arrival: NoticeArrival): Promise<Reception> => {
    for (;;) {
      signal.throwIfAborted()
      try {
        return await sink(arrival)
      } catch (error) {
        if (!(error instanceof Error) || !mayPass(error)) throw error
        onWait(error)
        await clock.sleepUntil(clock.now() + pauseMs, signal)
      }
    }
  }
  return async (arrival) => {
    await turn()
    try {
      return await persist(arrival)
    } finally {
      next()
    }
  }
}
