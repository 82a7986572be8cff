/**
 * At most `atOnce` at work at a time. Those who wait do so in crowds, and the crowds take turns: whoever sends much keeps
 * nobody waiting but himself. Within a crowd the first comes first.
 */
export class FairTurns {
  readonly #waiting = new Map<string, (() => void)[]>()
  #free: number

  constructor(atOnce: number) {
    this.#free = atOnce
  }

  /** Resolves when it is one's turn; `leave` must follow. */
  async enter(crowd: string): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return
    }
    const turn = Promise.withResolvers<void>()
    const others = this.#waiting.get(crowd)
    if (others) others.push(turn.resolve)
    else this.#waiting.set(crowd, [turn.resolve])
    await turn.promise
  }

  leave(): void {
    const [first] = this.#waiting
    if (!first) {
      this.#free += 1
      return
    }
    const [crowd, members] = first
    const next = members.shift()
    // To the end of the line: a map keeps the order in which its keys came.
    this.#waiting.delete(crowd)
    if (members.length > 0) this.#waiting.set(crowd, members)
    next?.()
  }
}
