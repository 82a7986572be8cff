const pageBits = 16
const pageSize = 1 << pageBits
const pageMask = pageSize - 1
// Every block begins with the address of the block before it, the index of its first entry, and its size.
const headWords = 3
const smallest = 4
const largest = 16_384

/** The events of every stream, as lists of ordinals in shared pages: a list is a chain of blocks that double in size. */
export class OrdinalLists {
  readonly #pages: Uint32Array[] = []
  #free = 0

  /** Adds entry number `index` to the list whose last block is at `block` (0: none); returns its last block. */
  push(block: number, index: number, ordinal: number): number {
    const used = block === 0 ? 0 : index - this.#first(block)
    if (block !== 0 && used < this.#size(block) - headWords) {
      this.#set(block + headWords + used, ordinal)
      return block
    }
    const size = block === 0 ? smallest : Math.min(largest, this.#size(block) * 2)
    const added = this.#allocate(size)
    this.#set(added, block)
    this.#set(added + 1, index)
    this.#set(added + 2, size)
    this.#set(added + headWords, ordinal)
    return added
  }

  get(block: number, index: number): number {
    let at = block
    while (this.#first(at) > index) at = this.#word(at)
    return this.#word(at + headWords + index - this.#first(at))
  }

  /** The last block of the list once it has only `length` entries. */
  cut(block: number, length: number): number {
    let at = block
    while (at !== 0 && this.#first(at) >= length) at = this.#word(at)
    return at
  }

  #first(block: number): number {
    return this.#word(block + 1)
  }

  #size(block: number): number {
    return this.#word(block + 2)
  }

  #allocate(words: number): number {
    const used = this.#free & pageMask
    if (used === 0 || used + words > pageSize) {
      // Address 0 stands for "no block".
      this.#free = Math.max(smallest, this.#pages.length * pageSize)
      this.#pages.push(new Uint32Array(pageSize))
    }
    const block = this.#free
    this.#free += words
    return block
  }

  #word(address: number): number {
    return this.#pages[address >>> pageBits]?.[address & pageMask] ?? 0
  }

  #set(address: number, value: number): void {
    const page = this.#pages[address >>> pageBits]
    if (page) page[address & pageMask] = value
  }
}
