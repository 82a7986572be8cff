import type { Clock } from '#domain/shared/clock.ts'

/** What comes first: `work`, or the instant (none: only `work`). `work` goes on and can be waited for again. */
export const firstOf = async <T>(
  work: Promise<T>,
  epochMs: number | null,
  clock: Clock,
  signal: AbortSignal,
): Promise<T | 'time'> => {
  if (epochMs === null) return work
  const over = new AbortController()
  const time = clock
    .sleepUntil(epochMs, AbortSignal.any([over.signal, signal]))
    .then(() => 'time' as const)
    // Aborted: the work has come, or ends with the same signal.
    .catch(() => work)
  try {
    return await Promise.race([work, time])
  } finally {
    over.abort()
  }
}
