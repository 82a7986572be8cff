const pageBits = 16
const pageSize = 1 << pageBits
const pageMask = pageSize - 1

/** A growing column of numbers in pages, so that growing never copies what is there. */
export class Column<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array> {
  readonly #pages: T[] = []
  readonly #newPage: (size: number) => T
  length = 0

  constructor(newPage: (size: number) => T) {
    this.#newPage = newPage
  }

  get(row: number): number {
    return this.#pages[row >>> pageBits]?.[row & pageMask] ?? 0
  }

  set(row: number, value: number): void {
    const page = this.#pages[row >>> pageBits]
    if (page) page[row & pageMask] = value
  }

  push(value: number): void {
    if (this.length === this.#pages.length * pageSize) this.#pages.push(this.#newPage(pageSize))
    this.set(this.length++, value)
  }
}

export const uint16Column = () => new Column((size) => new Uint16Array(size))
export const uint32Column = () => new Column((size) => new Uint32Array(size))
export const float64Column = () => new Column((size) => new Float64Array(size))
