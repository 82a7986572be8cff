import fs from 'node:fs'
import { holderPid } from '../log/lock.ts'
import { openSegments } from '../log/open.ts'
import { RecordView } from '../log/record-view.ts'
import type { Segment } from '../log/segment.ts'
import { requireLog } from './require-log.ts'

export type LogInfo = {
  folder: string
  logId: string
  segments: number
  bytes: number
  events: number
  streams: number
  /** Position of the last event. */
  lastPosition: number
  firstEventAt: string | undefined
  lastEventAt: string | undefined
  /** Process that holds the folder now or held it last. */
  holderPid: number | undefined
}

/** What there is to know of a log from its snapshots and its last segment; quick, changes nothing. */
export const logInfo = async (folder: string): Promise<LogInfo> => {
  requireLog(folder)
  const { logId, segments, index } = openSegments(folder, false)
  try {
    const createdAt = (ordinal: number) =>
      ordinal < 0 || ordinal >= index.count ? undefined : readCreated(segments, index.position(ordinal))
    const last = segments.at(-1)
    return {
      folder,
      logId: logId.toString('hex'),
      segments: segments.length,
      bytes: last ? last.base + last.length : 0,
      events: index.count,
      streams: index.names.count,
      lastPosition: index.count > 0 ? index.position(index.count - 1) : 0,
      firstEventAt: createdAt(0),
      lastEventAt: createdAt(index.count - 1),
      holderPid: holderPid(folder),
    }
  } finally {
    for (const { fd } of segments) fs.closeSync(fd)
  }
}

const readCreated = (segments: readonly Segment[], position: number): string | undefined => {
  const segment = segments.findLast(({ base }) => base <= position)
  if (!segment) return undefined
  const view = new RecordView()
  view.bytes = Buffer.alloc(128)
  fs.readSync(segment.fd, view.bytes, 0, view.bytes.length, position - segment.base)
  return new Date(view.createdMs).toISOString()
}
