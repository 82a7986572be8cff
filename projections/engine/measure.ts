type Sample = { readonly at: number; readonly events: number; readonly rate: number }

/** How much a new figure counts beside the ones before. */
const weight = 0.3

/** Events a second, smoothed. */
export class Measure {
  readonly #samples = new WeakMap<object, Sample>()

  rateOf(what: object, events: number, at: number): number {
    const before = this.#samples.get(what)
    if (before && at - before.at < 200) return before.rate
    const now = before ? Math.max(0, ((events - before.events) * 1000) / (at - before.at)) : 0
    const rate = before && before.rate > 0 ? before.rate + weight * (now - before.rate) : now
    this.#samples.set(what, { at, events, rate })
    return rate
  }
}
