/** Lets one loop wait for "there is more"; a call while it does not wait is remembered. */
export class Wake {
  #woken = false
  #resume: (() => void) | undefined

  readonly wake = (): void => {
    this.#woken = true
    this.#resume?.()
    this.#resume = undefined
  }

  async next(): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve
      })
    }
    this.#woken = false
  }
}
