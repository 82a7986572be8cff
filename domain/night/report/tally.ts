/** Counts by name; names beyond the first so many are counted together, so that names from outside make no report boundless. */
export class Tally {
  readonly #counts = new Map<string, number>()
  readonly #most: number

  constructor(most = 50) {
    this.#most = most
  }

  add(name: string, amount = 1): void {
    const key = this.#counts.has(name) || this.#counts.size < this.#most ? name : 'others'
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + amount)
  }

  get sum(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Greatest first, and by name. */
  get counts(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)))
  }
}
