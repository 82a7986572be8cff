type Kept = { failures: number; freeAtMs: number; lastMs: number }

/** So many attempts are free; from then on each doubles the time to wait, up to the longest. */
type Patience = { readonly free: number; readonly longestMs: number }

const patience = {
  user: { free: 5, longestMs: 60_000 },
  address: { free: 20, longestMs: 60_000 },
} as const satisfies Record<string, Patience>

const forgottenMs = 3_600_000

/**
 * Slows who guesses: by the user that is tried and by the address it comes from. Attempts count before they are judged,
 * so a thousand at once are not a thousand free ones. Keeps 10,000 of each at the most; the longest unseen go first.
 */
export class Attempts {
  readonly #kept = new Map<string, Kept>()
  readonly #most: number
  constructor(most = 20_000) {
    this.#most = most
  }

  /** Counts an attempt; 0, or the milliseconds to wait, and then it is not counted. */
  take(keys: { readonly user: string; readonly address: string }, nowMs: number): number {
    const entries = [
      { kept: this.#of(`user ${keys.user}`, nowMs), ...patience.user },
      { kept: this.#of(`address ${keys.address}`, nowMs), ...patience.address },
    ]
    const wait = Math.max(...entries.map(({ kept }) => kept.freeAtMs - nowMs), 0)
    if (wait > 0) return wait
    for (const { kept, free, longestMs } of entries) {
      kept.failures += 1
      const over = kept.failures - free
      kept.freeAtMs = over < 0 ? nowMs : nowMs + Math.min(1000 * 2 ** over, longestMs)
    }
    return 0
  }

  /** The attempt was right: the user is no longer waited for, and the address has one attempt back. */
  succeeded({ user, address }: { readonly user: string; readonly address: string }): void {
    this.#kept.delete(`user ${user}`)
    this.#giveBack(`address ${address}`)
  }

  /** The attempt was never judged. */
  undone({ user, address }: { readonly user: string; readonly address: string }): void {
    this.#giveBack(`user ${user}`)
    this.#giveBack(`address ${address}`)
  }

  #giveBack(key: string): void {
    const kept = this.#kept.get(key)
    if (!kept) return
    kept.failures = Math.max(0, kept.failures - 1)
    kept.freeAtMs = kept.lastMs
  }

  #of(key: string, nowMs: number): Kept {
    const before = this.#kept.get(key)
    const kept =
      before && nowMs - before.lastMs < forgottenMs ? before : { failures: 0, freeAtMs: 0, lastMs: nowMs }
    kept.lastMs = nowMs
    // The newest stands last.
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= this.#most) break
      this.#kept.delete(oldest)
    }
    return kept
  }
}
