import type { SafetyState } from '#domain/environment/events.ts'

/** Parking before the roof moves may take a minute, and 65 s after it is told a roof that is not closed is told again. */
export const closingAllowedS = 125

export type RoofGuarded = {
  /** Of the time under a bad verdict, how long the dome was other than closed, beyond what closing may take. */
  readonly unsafeOpenS: number
  /** From a bad verdict to a closed dome, at the longest. */
  readonly longestClosingS: number
}

/** Watches whether the dome is really closed when it should be. An unknown verdict is a bad one. */
export class RoofGuard {
  #badSinceMs: number | null = null
  #closed = true
  #seenMs: number | null = null
  #unsafeOpenMs = 0
  #longestMs = 0

  /** To be told often; what is seen holds until it is told again. */
  look(nowMs: number, openPercent: number, verdict: SafetyState | null): void {
    const isBad = verdict !== 'safe' && verdict !== 'warn'
    const sinceMs = this.#badSinceMs
    if (sinceMs !== null && this.#seenMs !== null && !this.#closed) {
      const lateMs = Math.max(0, nowMs - Math.max(this.#seenMs, sinceMs + closingAllowedS * 1000))
      this.#unsafeOpenMs += lateMs
      this.#longestMs = Math.max(this.#longestMs, nowMs - sinceMs)
    }
    this.#badSinceMs = isBad ? (sinceMs ?? nowMs) : null
    this.#closed = openPercent === 0
    this.#seenMs = nowMs
  }

  guarded(): RoofGuarded & { readonly closed: boolean } {
    const seconds = (ms: number) => Math.round(ms / 100) / 10
    return {
      unsafeOpenS: seconds(this.#unsafeOpenMs),
      longestClosingS: seconds(this.#longestMs),
      closed: this.#closed,
    }
  }
}
