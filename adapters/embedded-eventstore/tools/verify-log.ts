import fs from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { EventIndex, idHashOf } from '../index/event-index.ts'
import { loadSnapshot } from '../index/snapshot.ts'
import { flag } from '../log/record.ts'
import type { RecordView } from '../log/record-view.ts'
import { scanSegment } from '../log/recovery.ts'
import { openSegment, type Segment, segmentBases, segmentHeaderSize, segmentLogId } from '../log/segment.ts'
import { tombstoneRevision } from '../protocol/varint.ts'
import { requireLog } from './require-log.ts'

export type LogReport = {
  segments: number
  events: number
  streams: number
  bytes: number
  /** Bytes at the end that belong to no finished append; the next start cuts them off. */
  tornBytes: number
  /** Empty when the log is sound. */
  problems: string[]
}

/** Reads every byte of a log and checks it against itself; changes nothing, and may run beside a node. */
export const verifyLog = async (folder: string): Promise<LogReport> => {
  requireLog(folder)
  const report: LogReport = { segments: 0, events: 0, streams: 0, bytes: 0, tornBytes: 0, problems: [] }
  const index = new EventIndex()
  const shadow = new EventIndex()
  const bases = segmentBases(folder)
  let end = 0
  let logId: Buffer | undefined
  for (const base of bases) {
    const segment = openSegment(folder, base, 'r')
    try {
      if (base !== end)
        report.problems.push(`${segment.path} begins at ${base}, the one before it ends at ${end}`)
      const id = segmentLogId(segment)
      if (!id) report.problems.push(`${segment.path} has a damaged header`)
      else if (logId && !logId.equals(id)) report.problems.push(`${segment.path} belongs to another log`)
      logId ??= id
      verifySegment(report, index, shadow, segment, base === bases.at(-1))
      end = base + segment.length
    } catch (error) {
      report.problems.push(error instanceof Error ? error.message : String(error))
      end = base + segment.length
    } finally {
      fs.closeSync(segment.fd)
    }
    await turn()
  }
  return { ...report, segments: bases.length, events: index.count, streams: index.names.count, bytes: end }
}

const verifySegment = (
  report: LogReport,
  index: EventIndex,
  shadow: EventIndex,
  segment: Segment,
  isLast: boolean,
): void => {
  const scan = scanSegment(segment, segmentHeaderSize, (view, position) => {
    const problem = checkRecord(index, view, position)
    if (problem) report.problems.push(`${segment.path}, byte ${position - segment.base}: ${problem}`)
  })
  if (scan.torn && isLast) report.tornBytes = segment.length - scan.end
  else if (scan.torn) report.problems.push(`${segment.path} is damaged at byte ${scan.end}`)
  const problem = checkSnapshot(index, shadow, segment)
  if (problem) report.problems.push(problem)
}

const checkRecord = (index: EventIndex, view: RecordView, position: number): string | undefined => {
  const name = view.stream
  const known = index.stream(name)
  const stream = known >= 0 ? known : index.addStream(name)
  const revision = index.revisions(stream)
  const tombstone = (view.flags & flag.tombstone) !== 0
  index.add(stream, position, idHashOf(stream, view.id), tombstone)
  if (view.position !== position) return `a record that was written for position ${view.position}`
  const expected = tombstone ? tombstoneRevision : revision
  if (view.revision !== expected)
    return `revision ${view.revision} of ${view.streamName} where ${expected} is due`
  return undefined
}

/** A snapshot must say what the records say. The shadow is the index as the snapshots alone would build it. */
const checkSnapshot = (index: EventIndex, shadow: EventIndex, segment: Segment): string | undefined => {
  const first = shadow.count
  loadSnapshot(shadow, segment)
  for (let ordinal = first; ordinal < shadow.count; ordinal++) {
    const same =
      shadow.position(ordinal) === index.position(ordinal) &&
      nameOf(shadow, ordinal).equals(nameOf(index, ordinal)) &&
      shadow.isTombstone(ordinal) === index.isTombstone(ordinal)
    if (!same) return `the snapshot of ${segment.path} disagrees with the log at event number ${ordinal}`
  }
  for (let ordinal = shadow.count; ordinal < index.count; ordinal++) {
    const name = nameOf(index, ordinal)
    const known = shadow.stream(name)
    const stream = known >= 0 ? known : shadow.addStream(name)
    shadow.add(stream, index.position(ordinal), 0, index.isTombstone(ordinal))
  }
  return undefined
}

const nameOf = (index: EventIndex, ordinal: number): Buffer => index.names.bytes(index.streamOf(ordinal))
