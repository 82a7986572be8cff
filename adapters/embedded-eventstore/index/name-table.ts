import { uint16Column, uint32Column } from './columns.ts'
import { hashBytes } from './hash.ts'
import { HashTable } from './hash-table.ts'

const pageSize = 1 << 20

/** Numbers stream names; the bytes lie side by side in large pages instead of as strings. */
export class NameTable {
  readonly #pages: Buffer[] = []
  #used = pageSize
  readonly #pageOf = uint16Column()
  readonly #offset = uint32Column()
  readonly #length = uint16Column()
  readonly #hash = uint32Column()
  readonly #table = new HashTable((row) => this.#hash.get(row))

  get count(): number {
    return this.#hash.length
  }

  /** The number of the name, or -1. */
  find(name: Uint8Array): number {
    return this.#table.find(hashBytes(name), (row) => this.bytes(row).equals(name))
  }

  add(name: Uint8Array): number {
    if (this.#used + name.length > pageSize) {
      this.#pages.push(Buffer.allocUnsafeSlow(pageSize))
      this.#used = 0
    }
    const row = this.count
    const hash = hashBytes(name)
    this.#pages.at(-1)?.set(name, this.#used)
    this.#pageOf.push(this.#pages.length - 1)
    this.#offset.push(this.#used)
    this.#length.push(name.length)
    this.#hash.push(hash)
    this.#used += name.length
    this.#table.add(hash, row)
    return row
  }

  bytes(row: number): Buffer {
    const offset = this.#offset.get(row)
    const page = this.#pages[this.#pageOf.get(row)]
    if (!page) throw new RangeError(`no stream has the number ${row}`)
    return page.subarray(offset, offset + this.#length.get(row))
  }
}
