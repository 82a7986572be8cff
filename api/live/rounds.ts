/** So much longer than a round took is it until the next; but no more than this, for a round may have waited for its turn on the machine. */
const [pauses, longestPauseMs] = [2, 30]

/**
 * Work of many small kinds, done in rounds: one begins at the end of this turn of the loop, the next not before twice as
 * long as the last one took has passed. Few clients are written to at once; with a thousand, what is said meanwhile
 * leaves in one write each, where writing each by itself took a whole core at 50 events/s.
 */
export class Rounds {
  #waiting: (() => void)[] = []
  #planned = false
  #notBefore = 0

  add(work: () => void): void {
    this.#waiting.push(work)
    if (this.#planned) return
    this.#planned = true
    const waitMs = this.#notBefore - performance.now()
    if (waitMs >= 1) setTimeout(this.#run, waitMs).unref()
    else setImmediate(this.#run)
  }

  readonly #run = (): void => {
    const begun = performance.now()
    this.#planned = false
    for (const work of this.#waiting.splice(0)) work()
    const ended = performance.now()
    this.#notBefore = ended + Math.min(longestPauseMs, pauses * (ended - begun))
  }
}
