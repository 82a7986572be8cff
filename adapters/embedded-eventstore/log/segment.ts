import fs from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { LogUnusable } from './errors.ts'

/** A part of the log: the file named after the log position at which it begins. */
export type Segment = { path: string; base: number; fd: number; length: number }

export const segmentHeaderSize = 64
const magic = 'NOCTLOG2'
const namePattern = /^(\d{16})\.log$/

export const segmentPath = (folder: string, base: number): string =>
  path.join(folder, `${String(base).padStart(16, '0')}.log`)

export const segmentBases = (folder: string): number[] =>
  fs
    .readdirSync(folder)
    .flatMap((name) => namePattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)

const segmentHeader = (base: number, logId: Buffer): Buffer => {
  const header = Buffer.alloc(segmentHeaderSize)
  header.write(magic, 0, 'latin1')
  header.writeDoubleLE(base, 8)
  logId.copy(header, 16)
  header.writeUInt32LE(crc32(header.subarray(0, 60)), 60)
  return header
}

/** A new segment, durable in its folder before anything is written to it. */
export const createSegment = (folder: string, base: number, logId: Buffer): Segment => {
  const file = segmentPath(folder, base)
  const fd = fs.openSync(file, 'w+')
  try {
    fs.writeSync(fd, segmentHeader(base, logId), 0, segmentHeaderSize, 0)
    fs.fsyncSync(fd)
    syncFolder(folder)
  } catch (error) {
    fs.closeSync(fd)
    fs.rmSync(file, { force: true })
    throw error
  }
  return { path: file, base, fd, length: segmentHeaderSize }
}

/** Makes the creation or renaming of files in a folder durable. */
export const syncFolder = (folder: string): void => {
  const fd = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}

export const openSegment = (folder: string, base: number, mode: 'r' | 'r+'): Segment => {
  const file = segmentPath(folder, base)
  const fd = fs.openSync(file, mode)
  return { path: file, base, fd, length: fs.fstatSync(fd).size }
}

/** The log's id out of a segment's header; undefined when the header was never finished. */
export const segmentLogId = (segment: Segment): Buffer | undefined => {
  const header = Buffer.alloc(segmentHeaderSize)
  fs.readSync(segment.fd, header, 0, segmentHeaderSize, 0)
  if (
    header.toString('latin1', 0, 8) !== magic ||
    crc32(header.subarray(0, 60)) !== header.readUInt32LE(60)
  ) {
    return undefined
  }
  if (header.readDoubleLE(8) !== segment.base) {
    throw new LogUnusable(`${segment.path} says it begins at ${header.readDoubleLE(8)}: it was renamed`)
  }
  return header.subarray(16, 32)
}
