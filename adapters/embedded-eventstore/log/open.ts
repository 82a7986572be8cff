import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { EventIndex, idHashOf } from '../index/event-index.ts'
import { type IndexMark, loadSnapshot, writeSnapshot } from '../index/snapshot.ts'
import { LogDamaged, LogUnusable } from './errors.ts'
import { flag } from './record.ts'
import type { RecordView } from './record-view.ts'
import { scanSegment } from './recovery.ts'
import {
  createSegment,
  openSegment,
  type Segment,
  segmentBases,
  segmentHeaderSize,
  segmentLogId,
} from './segment.ts'

export type OpenedLog = {
  logId: Buffer
  segments: Segment[]
  index: EventIndex
  /** Where the index stood when the last segment began. */
  active: IndexMark
  /** Bytes of a torn tail that were cut off. */
  cutBytes: number
}

/** Opens the folder's segments, cuts a torn tail and builds the index; `repair: false` changes nothing on disk. */
export const openSegments = (folder: string, repair = true): OpenedLog => {
  const bases = segmentBases(folder)
  if (bases.length === 0 && repair) return newLog(folder)
  const segments = bases.map((base) => openSegment(folder, base, repair ? 'r+' : 'r'))
  if (repair) dropUnfinished(folder, segments)
  const logId = checkChain(segments)
  const opened: OpenedLog = {
    logId,
    segments,
    index: new EventIndex(),
    active: { firstOrdinal: 0, firstStream: 0 },
    cutBytes: 0,
  }
  for (const segment of segments) loadSegment(opened, segment, segment === segments.at(-1), repair)
  return opened
}

const newLog = (folder: string): OpenedLog => {
  const logId = randomBytes(16)
  const active = { firstOrdinal: 0, firstStream: 0 }
  const segments = [createSegment(folder, 0, logId)]
  return { logId, segments, index: new EventIndex(), active, cutBytes: 0 }
}

/** A crash while a segment was made can leave a last file without a whole header and without events. */
const dropUnfinished = (folder: string, segments: Segment[]): void => {
  const last = segments.at(-1)
  if (!last || last.length > segmentHeaderSize || segmentLogId(last)) return
  fs.closeSync(last.fd)
  fs.rmSync(last.path)
  segments.pop()
  if (segments.length === 0) segments.push(createSegment(folder, 0, randomBytes(16)))
}

const checkChain = (segments: readonly Segment[]): Buffer => {
  let logId: Buffer | undefined
  let end = 0
  for (const segment of segments) {
    const id = segmentLogId(segment)
    if (!id)
      throw new LogDamaged(
        `${segment.path} does not begin with the header of an event log that this version can read`,
      )
    if (logId && !logId.equals(id)) throw new LogUnusable(`${segment.path} belongs to another log`)
    if (segment.base !== end) {
      throw new LogDamaged(
        `the log has a hole: it goes on at byte ${end}, but the next file is ${segment.path}`,
      )
    }
    logId = id
    end = segment.base + segment.length
  }
  if (!logId) throw new LogUnusable('there is no log here')
  return logId
}

const loadSegment = (opened: OpenedLog, segment: Segment, isLast: boolean, repair: boolean): void => {
  const { index } = opened
  const mark = { firstOrdinal: index.count, firstStream: index.names.count }
  if (isLast) opened.active = mark
  const covered = loadSnapshot(index, segment) || segmentHeaderSize
  if (covered > segment.length) {
    throw new LogDamaged(
      `${segment.path} ends at byte ${segment.length}, but ${covered} bytes of it were safe on disk. Restore the folder from a backup (or, if this is one, remove its .idx files).`,
    )
  }
  const scan = scanSegment(segment, covered, (view, position) => indexRecord(index, view, position))
  if (!scan.torn) {
    if (repair && !isLast && covered < segment.length) writeSnapshot(index, segment, mark)
    return
  }
  if (!isLast)
    throw new LogDamaged(`${segment.path} is damaged at byte ${scan.end}. Restore the folder from a backup.`)
  opened.cutBytes = segment.length - scan.end
  if (!repair) return
  fs.ftruncateSync(segment.fd, scan.end)
  fs.fsyncSync(segment.fd)
  segment.length = scan.end
}

const indexRecord = (index: EventIndex, view: RecordView, position: number): void => {
  const name = view.stream
  const known = index.stream(name)
  const stream = known >= 0 ? known : index.addStream(name)
  index.add(stream, position, idHashOf(stream, view.id), (view.flags & flag.tombstone) !== 0)
}
