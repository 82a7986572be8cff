import { NightUnknown } from '#commands/night/night-events.ts'
import { nightSealer } from '#domain/night/night-sealer.ts'
import type { Sealing } from './seal-night.ts'

export type SealOutcome =
  | { readonly kind: 'sealed'; readonly night: string; readonly rootHash: string; readonly count: number }
  | { readonly kind: 'failed'; readonly night: string; readonly error: string }

export type RunningSealer = {
  /** A poll of this night is on record. Returns at once: the sealing goes on beside the polls. */
  polled(night: string): void
  /** Resolves when nothing is being sealed any more. */
  idle(): Promise<void>
}

/**
 * Seals the nights before, one after the other, when the first poll of another night is on record. What fails is told
 * and tried again with the next poll; sealing twice is harmless.
 */
export const runNightSealer = (
  seal: (night: string) => Promise<Sealing>,
  onOutcome: (outcome: SealOutcome) => void,
  signal: AbortSignal,
): RunningSealer => {
  let state = nightSealer.initial
  let working: Promise<void> | null = null

  const sealed = async (night: string): Promise<boolean> => {
    try {
      const { already, sealed } = await seal(night)
      if (!already) onOutcome({ kind: 'sealed', night, rootHash: sealed.rootHash, count: sealed.count })
      return true
    } catch (error) {
      if (error instanceof NightUnknown) return true
      if (!signal.aborted)
        onOutcome({ kind: 'failed', night, error: error instanceof Error ? error.message : `${error}` })
      return false
    }
  }

  const work = async (night: string): Promise<void> => {
    let all = true
    for (const due of nightSealer.react(state, night)) {
      if (signal.aborted) return
      all = (await sealed(due.night)) && all
    }
    if (all) state = nightSealer.evolve(state, night)
  }

  return {
    polled: (night) => {
      if (working || nightSealer.react(state, night).length === 0) return
      working = work(night).finally(() => {
        working = null
      })
    },
    idle: async () => {
      await working
    },
  }
}
