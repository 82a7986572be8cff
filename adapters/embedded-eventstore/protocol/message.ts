import { putVarint } from './varint.ts'

const grpcPrefix = 5

/** Builds one protobuf message, with room in front for gRPC's five bytes of length. */
export class Message {
  #bytes = Buffer.allocUnsafe(128)
  #at = grpcPrefix

  number(no: number, value: number): this {
    this.#reserve(12)
    this.#at = putVarint(this.#bytes, this.#at, no * 8)
    this.#at = putVarint(this.#bytes, this.#at, value)
    return this
  }

  /** Negative numbers go out as ten bytes, as protobuf wants its int32 and int64. */
  int(no: number, value: number | bigint): this {
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) return this.number(no, Number(value))
    this.#reserve(12)
    this.#at = putVarint(this.#bytes, this.#at, no * 8)
    for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
      const more = rest >= 0x80n
      this.#bytes[this.#at++] = Number(rest & 0x7fn) | (more ? 0x80 : 0)
      if (!more) return this
    }
  }

  bytes(no: number, value: Uint8Array): this {
    this.#reserve(value.length + 12)
    this.#at = putVarint(this.#bytes, this.#at, no * 8 + 2)
    this.#at = putVarint(this.#bytes, this.#at, value.length)
    this.#bytes.set(value, this.#at)
    this.#at += value.length
    return this
  }

  text(no: number, value: string): this {
    return this.bytes(no, Buffer.from(value))
  }

  message(no: number, build: (inner: Message) => Message): this {
    return this.bytes(no, build(new Message()).encoded())
  }

  empty(no: number): this {
    this.#reserve(6)
    this.#at = putVarint(this.#bytes, this.#at, no * 8 + 2)
    this.#bytes[this.#at++] = 0
    return this
  }

  encoded(): Buffer {
    return this.#bytes.subarray(grpcPrefix, this.#at)
  }

  /** The message as gRPC sends it. */
  framed(): Buffer {
    this.#bytes[0] = 0
    this.#bytes.writeUInt32BE(this.#at - grpcPrefix, 1)
    return this.#bytes.subarray(0, this.#at)
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe((this.#at + more) * 2)
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}
