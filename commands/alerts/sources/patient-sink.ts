import { RevisionConflict, StoreUnavailable } from '#commands/event-store.ts'
import { crowdOf } from '#domain/alerts/crowd.ts'
import { missionNamed } from '#domain/alerts/missions/missions.ts'
import type { Reading } from '#domain/alerts/notice.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { type ReadNotice, readSafely } from '../incoming-notice.ts'
import { FairTurns } from './fair-turns.ts'
import type { NoticeArrival, NoticeSink, Reception } from './notice-sink.ts'

export type Patience = {
  readonly read: ReadNotice
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Told why a notice waits for the log. */
  readonly onWait: (error: Error) => void
  /** So many go to the log at the same time. */
  readonly atOnce?: number
}

const pauseMs = 500

const mayPass = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof RevisionConflict

/** With whom a notice waits: whom nobody listed, and what nobody can read, crowd out their like alone. */
const crowdIn = (reading: Reading): string => {
  if (reading.outcome !== 'read') return 'unreadable'
  return missionNamed(reading.notice.mission) ? crowdOf(reading.notice) : 'unlisted'
}

/**
 * For sources that send nothing twice: keeps a notice and tries again until the log has it. When many come at once their
 * authors take turns, so that a real alert behind ten thousand of somebody else's is in the log before most of them.
 */
export const patientSink = (
  sink: NoticeSink,
  { read, clock, signal, onWait, atOnce = 32 }: Patience,
): NoticeSink => {
  const turns = new FairTurns(atOnce)
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
    const reading = readSafely(read, arrival)
    await turns.enter(crowdIn(reading))
    try {
      return await persist({ ...arrival, reading })
    } finally {
      turns.leave()
    }
  }
}
