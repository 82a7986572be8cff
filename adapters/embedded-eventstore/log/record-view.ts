import { crc32 } from 'node:zlib'
import { flag, recordHeaderSize, recordMagic } from './record.ts'

/** A window on one record within a larger buffer; moved along rather than made anew. */
export class RecordView {
  bytes: Buffer = Buffer.alloc(0)
  at = 0

  get length(): number {
    return this.bytes.readUInt32LE(this.at + 8)
  }

  get groupOffset(): number {
    return this.bytes.readUInt32LE(this.at + 12)
  }

  get flags(): number {
    return this.bytes.readUInt16LE(this.at + 16)
  }

  get id(): string {
    const start = this.at + this.bytes.readUInt16LE(this.at + 22)
    return this.bytes.toString('latin1', start, start + 36)
  }

  get stream(): Buffer {
    const start = this.at + this.bytes.readUInt32LE(this.at + 24)
    return this.bytes.subarray(start, start + this.bytes.readUInt16LE(this.at + 20))
  }

  get streamName(): string {
    const start = this.at + this.bytes.readUInt32LE(this.at + 24)
    return this.bytes.toString('utf8', start, start + this.bytes.readUInt16LE(this.at + 20))
  }

  get type(): string {
    const start = this.at + this.bytes.readUInt32LE(this.at + 28)
    return this.bytes.toString('utf8', start, start + this.bytes.readUInt16LE(this.at + 18))
  }

  get data(): Buffer {
    const start = this.at + this.bytes.readUInt32LE(this.at + 32)
    return this.bytes.subarray(start, start + this.bytes.readUInt32LE(this.at + 36))
  }

  /** The `RecordedEvent` message. */
  get event(): Buffer {
    const start = this.at + this.bytes.readUInt32LE(this.at + 40)
    return this.bytes.subarray(start, start + this.bytes.readUInt32LE(this.at + 44))
  }

  get revision(): number {
    return this.bytes.readDoubleLE(this.at + 48)
  }

  get position(): number {
    return this.bytes.readDoubleLE(this.at + 64)
  }

  get createdMs(): number {
    return this.bytes.readDoubleLE(this.at + 56)
  }

  get isLink(): boolean {
    return (this.flags & flag.link) !== 0
  }

  get isHidden(): boolean {
    return (this.flags & flag.hidden) !== 0
  }

  get frameStart(): number {
    return this.at + recordHeaderSize
  }

  get frameEnd(): number {
    return this.at + this.length
  }

  /** Whether a whole, undamaged record begins here and ends before `end`. */
  isSound(end: number = this.bytes.length): boolean {
    const { bytes, at } = this
    if (end - at < recordHeaderSize || bytes.readUInt32LE(at) !== recordMagic) return false
    const length = this.length
    if (length <= recordHeaderSize || length > end - at) return false
    return crc32(bytes.subarray(at + 8, at + length)) === bytes.readUInt32LE(at + 4)
  }
}
