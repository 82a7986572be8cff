import type { Clock } from '#domain/shared/clock.ts'
import type { AlertSource } from './alert-source.ts'

const pauseMs = 1_000

/**
 * Runs every source until the signal. One that fails by a defect is told of and begun again; it costs the others nothing.
 */
export const runSources = async (
  sources: readonly AlertSource[],
  { clock, onFailure }: { clock: Clock; onFailure: (source: AlertSource, error: unknown) => void },
  signal: AbortSignal,
): Promise<void> => {
  const keepRunning = async (source: AlertSource) => {
    while (!signal.aborted) {
      try {
        await source.run(signal)
      } catch (error) {
        if (signal.aborted) return
        onFailure(source, error)
      }
      await clock.sleepUntil(clock.now() + pauseMs, signal).catch(() => {})
    }
  }
  await Promise.all(sources.map(keepRunning))
}
