import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '#domain/shared/clock.ts'

/** The machine's clock for a simulator that runs as its own process; simulators know no adapters. */
export const wallClock: Clock = {
  now: () => Date.now(),
  sleepUntil: async (epochMs, signal) => {
    // A timer may fire a millisecond early, and one call waits at most 2^31 ms.
    for (let left = epochMs - Date.now(); left > 0; left = epochMs - Date.now()) {
      await sleep(Math.min(left, 2_000_000_000), undefined, signal ? { signal } : {})
    }
    signal?.throwIfAborted()
  },
}
