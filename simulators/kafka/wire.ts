/** Writes Kafka's older, plain encoding: lengths before everything, big-endian. */
export class KafkaWriter {
  readonly #pieces: Buffer[] = []

  int8(value: number): this {
    return this.#fixed(1, (bytes) => bytes.writeInt8(value))
  }
  int16(value: number): this {
    return this.#fixed(2, (bytes) => bytes.writeInt16BE(value))
  }
  int32(value: number): this {
    return this.#fixed(4, (bytes) => bytes.writeInt32BE(value))
  }
  int64(value: bigint): this {
    return this.#fixed(8, (bytes) => bytes.writeBigInt64BE(value))
  }
  /** Zig-zag and seven bits to a byte, as records have their numbers. */
  varint(value: number): this {
    let rest = (value << 1) ^ (value >> 31)
    const bytes: number[] = []
    for (; (rest & ~0x7f) !== 0; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
    return this.raw(Buffer.from([...bytes, rest]))
  }
  string(text: string | null): this {
    if (text === null) return this.int16(-1)
    const bytes = Buffer.from(text)
    return this.int16(bytes.length).raw(bytes)
  }
  bytes(value: Uint8Array): this {
    return this.int32(value.length).raw(value)
  }
  array<T>(items: readonly T[], write: (item: T, writer: this) => void): this {
    this.int32(items.length)
    for (const item of items) write(item, this)
    return this
  }
  raw(bytes: Uint8Array): this {
    this.#pieces.push(Buffer.from(bytes))
    return this
  }
  get whole(): Buffer {
    return Buffer.concat(this.#pieces)
  }

  #fixed(size: number, write: (bytes: Buffer) => void): this {
    const bytes = Buffer.alloc(size)
    write(bytes)
    this.#pieces.push(bytes)
    return this
  }
}

/** Reads the same. */
export class KafkaReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  int8(): number {
    return this.#bytes.readInt8(this.#step(1))
  }
  int16(): number {
    return this.#bytes.readInt16BE(this.#step(2))
  }
  int32(): number {
    return this.#bytes.readInt32BE(this.#step(4))
  }
  int64(): bigint {
    return this.#bytes.readBigInt64BE(this.#step(8))
  }
  string(): string {
    const length = this.int16()
    return length < 0 ? '' : this.#piece(length).toString()
  }
  bytes(): Buffer {
    return this.#piece(Math.max(0, this.int32()))
  }
  array<T>(read: () => T): T[] {
    return Array.from({ length: Math.max(0, this.int32()) }, read)
  }

  #piece(length: number): Buffer {
    const from = this.#step(length)
    return this.#bytes.subarray(from, from + length)
  }

  #step(size: number): number {
    const from = this.#at
    this.#at += size
    return from
  }
}
