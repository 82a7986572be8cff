import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { LogDamaged, LogUnusable } from '../log/errors.ts'
import { scanSegment } from '../log/recovery.ts'
import { replaceFile } from '../log/replace-file.ts'
import {
  openSegment,
  type Segment,
  segmentBases,
  segmentHeaderSize,
  segmentPath,
  syncFolder,
} from '../log/segment.ts'
import { requireLog } from './require-log.ts'

export type BackupProgress = { doneBytes: number; totalBytes: number }
export type BackupOptions = { from: string; to: string; onProgress?: (progress: BackupProgress) => void }
export type BackupResult = { segments: number; bytes: number; copiedBytes: number }

/**
 * Copies a log, also from under a running node: whole appends only, checked on the way. A second backup into the
 * same folder copies what is new.
 */
export const backupLog = async ({ from, to, onProgress }: BackupOptions): Promise<BackupResult> => {
  requireLog(from)
  if (path.resolve(from) === path.resolve(to))
    throw new LogUnusable('a log cannot be backed up into its own folder')
  fs.mkdirSync(to, { recursive: true })
  const bases = segmentBases(from)
  const segments = bases.map((base) => openSegment(from, base, 'r'))
  const totalBytes = segments.reduce((sum, { length }) => sum + length, 0)
  const result: BackupResult = { segments: segments.length, bytes: 0, copiedBytes: 0 }
  try {
    for (const segment of segments) {
      const { bytes, copied } = copySegment(segment, to, segment === segments.at(-1))
      result.bytes += bytes
      result.copiedBytes += copied
      onProgress?.({ doneBytes: result.bytes, totalBytes })
      await turn()
    }
  } finally {
    for (const { fd } of segments) fs.closeSync(fd)
  }
  syncFolder(to)
  return result
}

const copySegment = (segment: Segment, to: string, isLast: boolean): { bytes: number; copied: number } => {
  const target = segmentPath(to, segment.base)
  const present = fs.existsSync(target) ? fs.statSync(target).size : 0
  if (!isLast && present === segment.length) return { bytes: segment.length, copied: 0 }
  const { end, torn } = scanSegment(segment, segmentHeaderSize, () => {})
  if (torn && !isLast) throw new LogDamaged(`${segment.path} is damaged at byte ${end}; it was not backed up`)
  const bytes = Buffer.allocUnsafeSlow(end)
  fs.readSync(segment.fd, bytes, 0, end, 0)
  replaceFile(target, bytes)
  // The snapshot of an older backup does not fit what is longer now.
  fs.rmSync(target.replace(/\.log$/, '.idx'), { force: true })
  return { bytes: end, copied: Math.max(0, end - present) }
}
