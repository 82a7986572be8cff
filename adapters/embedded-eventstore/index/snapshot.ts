import fs from 'node:fs'
import { crc32 } from 'node:zlib'
import { replaceFile } from '../log/replace-file.ts'
import { type Segment, segmentLogId } from '../log/segment.ts'
import type { EventIndex } from './event-index.ts'

/** Where the index stood when a segment began. */
export type IndexMark = { firstOrdinal: number; firstStream: number }

const magic = 'NOCTIDX2'
const headerSize = 72
const headerSum = 68
const tombstoneBit = 0x8000_0000

const snapshotPath = (segment: Segment): string => segment.path.replace(/\.log$/, '.idx')

const namesOf = (index: EventIndex, firstStream: number, endStream: number): Buffer => {
  const parts: Buffer[] = []
  for (let stream = firstStream; stream < endStream; stream++) {
    const name = index.names.bytes(stream)
    const length = Buffer.alloc(2)
    length.writeUInt16LE(name.length)
    parts.push(length, name)
  }
  return Buffer.concat(parts)
}

/** Where the index stands behind a segment, given where it stood before. */
export const markBehind = (index: EventIndex, segment: Segment, before: IndexMark): IndexMark => {
  const firstOrdinal = index.ordinalAt(segment.base + segment.length)
  let firstStream = before.firstStream
  for (let ordinal = before.firstOrdinal; ordinal < firstOrdinal; ordinal++) {
    firstStream = Math.max(firstStream, index.streamOf(ordinal) + 1)
  }
  return { firstOrdinal, firstStream }
}

/** Writes what a segment adds to the index as a file; aside first, so that it is whole or not there. */
export const writeSnapshot = (index: EventIndex, segment: Segment, mark: IndexMark): void => {
  const { firstOrdinal, firstStream } = mark
  const { firstOrdinal: endOrdinal, firstStream: endStream } = markBehind(index, segment, mark)
  const events = endOrdinal - firstOrdinal
  const columns = new Uint32Array(events * 3)
  for (let i = 0; i < events; i++) {
    const ordinal = firstOrdinal + i
    const tombstone = index.isTombstone(ordinal) ? tombstoneBit : 0
    columns[i] = index.position(ordinal) - segment.base
    columns[events + i] = (index.streamOf(ordinal) | tombstone) >>> 0
    columns[2 * events + i] = index.idHash(ordinal)
  }
  const names = namesOf(index, firstStream, endStream)
  const body = Buffer.concat([Buffer.from(columns.buffer), names])
  const header = Buffer.alloc(headerSize)
  header.write(magic, 0, 'latin1')
  header.writeDoubleLE(segment.base, 8)
  header.writeDoubleLE(segment.length, 16)
  header.writeUInt32LE(firstOrdinal, 24)
  header.writeUInt32LE(events, 28)
  header.writeUInt32LE(firstStream, 32)
  header.writeUInt32LE(endStream - firstStream, 36)
  header.writeUInt32LE(crc32(body), 40)
  segmentLogId(segment)?.copy(header, 44)
  header.writeUInt32LE(recordSum(segment, columns[events - 1] ?? -1), 60)
  header.writeUInt32LE(crc32(header.subarray(0, headerSum)), headerSum)
  replaceFile(snapshotPath(segment), Buffer.concat([header, body]))
}

/** The checksum of a segment's last record ties a snapshot to it; -1 stands for no record. */
const recordSum = (segment: Segment, offset: number): number => {
  const sum = Buffer.alloc(4)
  if (offset >= 0) fs.readSync(segment.fd, sum, 0, 4, offset + 4)
  return sum.readUInt32LE()
}

/** Adds a segment's snapshot to the index and returns the bytes it covers; 0 when there is none that fits. */
export const loadSnapshot = (index: EventIndex, segment: Segment): number => {
  const bytes = readIfThere(snapshotPath(segment))
  if (!bytes || bytes.length < headerSize || bytes.toString('latin1', 0, 8) !== magic) return 0
  if (crc32(bytes.subarray(0, headerSum)) !== bytes.readUInt32LE(headerSum)) return 0
  const body = bytes.subarray(headerSize)
  if (crc32(body) !== bytes.readUInt32LE(40)) return 0
  const covered = bytes.readDoubleLE(16)
  const fits =
    bytes.readDoubleLE(8) === segment.base &&
    bytes.readUInt32LE(24) === index.count &&
    bytes.readUInt32LE(32) === index.names.count &&
    segmentLogId(segment)?.equals(bytes.subarray(44, 60))
  if (!fits) return 0
  const events = bytes.readUInt32LE(28)
  const last = events === 0 ? -1 : body.readUInt32LE((events - 1) * 4)
  // A segment that is too short is for the caller to judge; one with other events is not what this describes.
  if (covered <= segment.length && recordSum(segment, last) !== bytes.readUInt32LE(60)) return 0
  addNames(index, body.subarray(events * 12), bytes.readUInt32LE(36))
  const columns = new Uint32Array(body.buffer, body.byteOffset, events * 3)
  for (let i = 0; i < events; i++) {
    const stream = columns[events + i] ?? 0
    const tombstone = stream >= tombstoneBit
    index.add(
      tombstone ? stream - tombstoneBit : stream,
      segment.base + (columns[i] ?? 0),
      columns[2 * events + i] ?? 0,
      tombstone,
    )
  }
  return covered
}

const addNames = (index: EventIndex, bytes: Buffer, count: number): void => {
  let at = 0
  for (let i = 0; i < count; i++) {
    const length = bytes.readUInt16LE(at)
    index.addStream(bytes.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
}

const readIfThere = (file: string): Buffer | undefined => {
  try {
    return fs.readFileSync(file)
  } catch {
    return undefined
  }
}
