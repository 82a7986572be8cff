import { nightBefore } from '#domain/shared/night.ts'

/** The night of the newest poll that was seen on record. */
export type SealerState = { readonly polled: string | null }

export type SealNight = { readonly type: 'SealNight'; readonly night: string }

/** A machine that was off for longer leaves its last night to be sealed by hand. */
const nightsToLookBack = 7

const unseen: SealerState = { polled: null }

/** Sealing the nights that are over, once the first poll of another one shows that they are. */
export const nightSealer = {
  name: 'night-sealer',
  initial: unseen,

  evolve: (_: SealerState, night: string): SealerState => ({ polled: night }),

  /** After a start nobody knows which nights were left unsealed, so each of the last week is looked at. Oldest first. */
  react: ({ polled }: SealerState, night: string): SealNight[] => {
    if (polled === night) return []
    const before: SealNight[] = []
    for (let name = nightBefore(night); before.length < nightsToLookBack; name = nightBefore(name)) {
      before.unshift({ type: 'SealNight', night: name })
    }
    return before
  },
}
