/** A message that is not valid protobuf. */
export class MalformedMessage extends Error {
  override name = 'MalformedMessage'
}

/**
 * Walks the fields of one protobuf message without copying.
 *
 *     const fields = new Fields(bytes)
 *     while (fields.next()) switch (fields.no) { case 1: name = fields.text() }
 */
export class Fields {
  no = 0
  #low = 0
  #high = 0
  #start = 0
  #length = -1
  #at: number
  readonly #end: number
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#at = 0
    this.#end = bytes.length
  }

  next(): boolean {
    if (this.#at >= this.#end) return false
    this.#varint()
    this.no = this.#low >>> 3
    switch (this.#low & 7) {
      case 0:
        this.#length = -1
        this.#varint()
        break
      case 1:
        this.#skip(8)
        break
      case 2:
        this.#varint()
        this.#skip(this.#high === 0 ? this.#low : Number.POSITIVE_INFINITY)
        break
      case 5:
        this.#skip(4)
        break
      default:
        throw new MalformedMessage('unknown wire type')
    }
    return true
  }

  /** The value as a double: above 2^53 only roughly right. */
  get number(): number {
    return this.#high * 0x1_0000_0000 + this.#low
  }

  get int32(): number {
    return this.#low | 0
  }

  get int64(): bigint {
    return BigInt.asIntN(64, (BigInt(this.#high) << 32n) | BigInt(this.#low))
  }

  get bool(): boolean {
    return this.#low !== 0 || this.#high !== 0
  }

  /** The bytes of this field, a view. */
  bytes(): Buffer {
    if (this.#length < 0) throw new MalformedMessage(`field ${this.no} has the wrong type`)
    return this.#bytes.subarray(this.#start, this.#start + this.#length)
  }

  text(): string {
    if (this.#length < 0) throw new MalformedMessage(`field ${this.no} has the wrong type`)
    return this.#bytes.toString('utf8', this.#start, this.#start + this.#length)
  }

  message(): Fields {
    return new Fields(this.bytes())
  }

  #skip(length: number): void {
    if (length > this.#end - this.#at) throw new MalformedMessage('a field is longer than its message')
    this.#start = this.#at
    this.#length = length
    this.#at += length
  }

  #varint(): void {
    let low = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.#at >= this.#end) throw new MalformedMessage('a number is cut short')
      const byte = this.#bytes[this.#at++] ?? 0
      if (shift < 28) low |= (byte & 0x7f) << shift
      else if (shift === 28) {
        low |= (byte & 0x0f) << 28
        high = (byte & 0x7f) >>> 4
      } else high |= (byte & 0x7f) << (shift - 32)
      if (byte < 0x80) {
        this.#low = low >>> 0
        this.#high = high >>> 0
        return
      }
    }
    throw new MalformedMessage('a number is longer than ten bytes')
  }
}
