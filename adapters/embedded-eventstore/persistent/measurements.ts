const kept = 1000

const percentiles: readonly (readonly [name: string, share: number])[] = [
  ['Quintile 1', 0.2],
  ['Quintile 2', 0.4],
  ['Quintile 3', 0.6],
  ['Quintile 4', 0.8],
  ['Quintile 5', 1],
  ['90%', 0.9],
  ['95%', 0.95],
  ['99%', 0.99],
  ['99.5%', 0.995],
  ['99.9%', 0.999],
]

/** How long a consumer took over its last events, in milliseconds. */
export class Measurements {
  readonly #times: number[] = []
  #at = 0

  add(ms: number): void {
    this.#times[this.#at] = ms
    this.#at = (this.#at + 1) % kept
  }

  summary(): [name: string, ms: number][] {
    const sorted = this.#times.toSorted((a, b) => a - b)
    const at = (share: number): number =>
      Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0)
    const mean = Math.round(sorted.reduce((sum, ms) => sum + ms, 0) / Math.max(1, sorted.length))
    const named = percentiles.map(([name, share]): [string, number] => [name, at(share)])
    return [['Mean', mean], ['Median', at(0.5)], ['Fastest', at(0)], ...named]
  }
}
