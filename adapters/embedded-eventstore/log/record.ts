import { crc32 } from 'node:zlib'
import { putVarint, varintLength } from '../protocol/varint.ts'

/**
 * One event on disk: a header of 72 bytes, then the event as the gRPC frame that a reader is sent.
 * So reading costs a copy, not an encoding. All numbers are little-endian.
 *
 *      0 magic  4 crc32 of all behind it  8 length  12 offset in its commit group
 *     16 flags  18 type length  20 name length  22 offset of the id
 *     24 offset of the stream's name  28 offset of the type  32 offset, 36 length of the data
 *     40 offset, 44 length of the RecordedEvent  48 revision, 56 created (ms), 64 position (doubles)
 */
export const recordHeaderSize = 72
export const recordMagic = 0x4352_4f4e

export const flag = {
  /** The last event of its append: what is behind the last of these was never finished. */
  last: 1,
  json: 2,
  link: 4,
  tombstone: 8,
  /** Left out of `$all`: the bookkeeping of persistent subscriptions to it. */
  hidden: 16,
} as const

export type NewEvent = {
  id: string
  type: string
  json: boolean
  metadata: Uint8Array
  data: Uint8Array
}

export type RecordPlace = {
  stream: Buffer
  revision: number
  position: number
  groupOffset: number
  flags: number
  createdMs: number
}

const mapEntry = (key: string, value: string): Buffer => {
  const inner = Buffer.concat([
    Buffer.from([0x0a, key.length]),
    Buffer.from(key),
    Buffer.from([0x12, value.length]),
    Buffer.from(value),
  ])
  return Buffer.concat([Buffer.from([0x32, inner.length]), inner])
}
const jsonEntry = mapEntry('content-type', 'application/json')
const binaryEntry = mapEntry('content-type', 'application/octet-stream')
const typeKey = Buffer.from([0x0a, 4, ...Buffer.from('type'), 0x12])

const lengthPrefixed = (length: number): number => 1 + varintLength(length) + length

/** More than the record will take, whatever its revision and position are. */
export const recordSizeBound = (stream: Buffer, event: NewEvent): number =>
  recordHeaderSize + 256 + stream.length + event.type.length * 3 + event.metadata.length + event.data.length

const putBytes = (target: Buffer, at: number, tag: number, bytes: Uint8Array): number => {
  target[at] = tag
  const start = putVarint(target, at + 1, bytes.length)
  target.set(bytes, start)
  return start + bytes.length
}

const putNumber = (target: Buffer, at: number, tag: number, value: number): number => {
  target[at] = tag
  return putVarint(target, at + 1, value)
}

const recordedEventLength = (typeEntry: number, created: Buffer, event: NewEvent, place: RecordPlace) =>
  40 +
  lengthPrefixed(typeEntry) +
  (event.json ? jsonEntry : binaryEntry).length +
  created.length +
  lengthPrefixed(lengthPrefixed(place.stream.length)) +
  1 +
  varintLength(place.revision) +
  2 * (1 + varintLength(place.position)) +
  (event.metadata.length > 0 ? lengthPrefixed(event.metadata.length) : 0) +
  (event.data.length > 0 ? lengthPrefixed(event.data.length) : 0)

/** Writes the record at `at` and returns its length. */
export const putRecord = (target: Buffer, at: number, event: NewEvent, place: RecordPlace): number => {
  const typeLength = Buffer.byteLength(event.type)
  const typeEntry = typeKey.length + varintLength(typeLength) + typeLength
  // `created` counts ticks of 100 ns since 1970.
  const created = mapEntry('created', `${place.createdMs}0000`)
  const eventLength = recordedEventLength(typeEntry, created, event, place)
  const readEventLength = lengthPrefixed(eventLength) + 1 + varintLength(place.position)
  const frame = at + recordHeaderSize

  target[frame] = 0
  target.writeUInt32BE(lengthPrefixed(readEventLength), frame + 1)
  let offset = putNumber(target, frame + 5, 0x0a, readEventLength)
  offset = putNumber(target, offset, 0x0a, eventLength)
  const eventOffset = offset - at
  target.writeUInt32BE(0x0a261224, offset)
  const idOffset = offset + 4 - at
  target.write(event.id, offset + 4, 'latin1')
  offset = putNumber(target, offset + 40, 0x32, typeEntry)
  target.set(typeKey, offset)
  offset = putVarint(target, offset + typeKey.length, typeLength)
  const typeOffset = offset - at
  offset += target.write(event.type, offset)
  const content = event.json ? jsonEntry : binaryEntry
  target.set(content, offset)
  target.set(created, offset + content.length)
  offset = putNumber(
    target,
    offset + content.length + created.length,
    0x12,
    lengthPrefixed(place.stream.length),
  )
  offset = putBytes(target, offset, 0x1a, place.stream)
  const nameOffset = offset - at - place.stream.length
  offset = putNumber(target, offset, 0x18, place.revision)
  offset = putNumber(target, offset, 0x20, place.position)
  offset = putNumber(target, offset, 0x28, place.position)
  if (event.metadata.length > 0) offset = putBytes(target, offset, 0x3a, event.metadata)
  if (event.data.length > 0) offset = putBytes(target, offset, 0x42, event.data)
  const dataOffset = offset - at - event.data.length
  offset = putNumber(target, offset, 0x18, place.position)

  const length = offset - at
  target.writeUInt32LE(recordMagic, at)
  target.writeUInt32LE(length, at + 8)
  target.writeUInt32LE(place.groupOffset, at + 12)
  target.writeUInt16LE(place.flags, at + 16)
  target.writeUInt16LE(typeLength, at + 18)
  target.writeUInt16LE(place.stream.length, at + 20)
  target.writeUInt16LE(idOffset, at + 22)
  target.writeUInt32LE(nameOffset, at + 24)
  target.writeUInt32LE(typeOffset, at + 28)
  target.writeUInt32LE(dataOffset, at + 32)
  target.writeUInt32LE(event.data.length, at + 36)
  target.writeUInt32LE(eventOffset, at + 40)
  target.writeUInt32LE(eventLength, at + 44)
  target.writeDoubleLE(place.revision, at + 48)
  target.writeDoubleLE(place.createdMs, at + 56)
  target.writeDoubleLE(place.position, at + 64)
  sealRecord(target, at, length, place.flags)
  return length
}

/** Sets the flags and, last of all, the checksum. */
export const sealRecord = (target: Buffer, at: number, length: number, flags: number): void => {
  target.writeUInt16LE(flags, at + 16)
  target.writeUInt32LE(crc32(target.subarray(at + 8, at + length)), at + 4)
}
