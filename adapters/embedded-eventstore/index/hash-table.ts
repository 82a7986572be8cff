const partBits = 6
const partCount = 1 << partBits
const smallest = 16

/**
 * Finds rows by a hash that is kept elsewhere, one word of memory a slot. It is cut into parts that grow one by one:
 * growing a whole table of five million rows at once would hold up every client.
 */
export class HashTable {
  readonly #hashOf: (row: number) => number
  readonly #parts = Array.from({ length: partCount }, () => ({ slots: new Uint32Array(smallest), used: 0 }))

  constructor(hashOf: (row: number) => number) {
    this.#hashOf = hashOf
  }

  /** The first row with this hash that `matches`, or -1. */
  find(hash: number, matches: (row: number) => boolean): number {
    const { slots } = this.#part(hash)
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] ?? 0
      if (entry === 0) return -1
      if (this.#hashOf(entry - 1) === hash && matches(entry - 1)) return entry - 1
    }
  }

  add(hash: number, row: number): void {
    const part = this.#part(hash)
    if (++part.used * 3 > part.slots.length * 2) part.slots = this.#grown(part.slots)
    this.#put(part.slots, hash, row + 1)
  }

  remove(hash: number, row: number): void {
    const part = this.#part(hash)
    const { slots } = part
    const mask = slots.length - 1
    let slot = hash & mask
    while (slots[slot] !== row + 1) slot = (slot + 1) & mask
    part.used--
    // Later entries of the same run move up, so that no search ends too early at the gap.
    for (let next = (slot + 1) & mask; slots[next] !== 0; next = (next + 1) & mask) {
      const home = this.#hashOf((slots[next] ?? 0) - 1) & mask
      if (((next - home) & mask) < ((next - slot) & mask)) continue
      slots[slot] = slots[next] ?? 0
      slot = next
    }
    slots[slot] = 0
  }

  #part(hash: number) {
    const part = this.#parts[hash >>> (32 - partBits)]
    if (!part) throw new RangeError(`not a hash: ${hash}`)
    return part
  }

  #put(slots: Uint32Array, hash: number, entry: number): void {
    const mask = slots.length - 1
    let slot = hash & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = entry
  }

  #grown(slots: Uint32Array) {
    const larger = new Uint32Array(slots.length * 2)
    for (const entry of slots) if (entry !== 0) this.#put(larger, this.#hashOf(entry - 1), entry)
    return larger
  }
}
