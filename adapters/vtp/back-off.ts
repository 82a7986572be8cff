const firstMs = 1_000
const mostMs = 60_000

/**
 * How long to wait before connecting again: up to 1 s, 2 s, 4 s … 60 s, any length of it by chance, so that many clients
 * do not come back at the same moment. It begins anew only after {@link wentWell}: a mere connection proves nothing.
 */
export class BackOff {
  readonly #random: () => number
  #failures = 0

  /** `random` gives numbers from 0 to 1. */
  constructor(random: () => number) {
    this.#random = random
  }

  next(): number {
    const most = Math.min(mostMs, firstMs * 2 ** this.#failures)
    // 2^6 s is over the most already; more would only overflow after weeks.
    this.#failures = Math.min(this.#failures + 1, 10)
    return Math.round(most * this.#random())
  }

  wentWell(): void {
    this.#failures = 0
  }
}
