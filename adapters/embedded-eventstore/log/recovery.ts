import fs from 'node:fs'
import { LogDamaged } from './errors.ts'
import { flag, recordMagic } from './record.ts'
import { RecordView } from './record-view.ts'
import type { Segment } from './segment.ts'

const magicBytes = Buffer.alloc(4)
magicBytes.writeUInt32LE(recordMagic)

/** What a scan found: where the whole appends end, and whether that is short of the file's end. */
export type Scan = { end: number; torn: boolean }

/**
 * Walks the records of a segment from an offset. Only whole appends are reported, in order.
 * What follows the last of them is a torn tail, unless a sound record behind it was written after the tear had been synced:
 * then the disk has lost something that was promised, and the log is refused.
 */
export const scanSegment = (
  segment: Segment,
  from: number,
  onRecord: (view: RecordView, position: number) => void,
): Scan => {
  const bytes = readFrom(segment, from)
  const view = new RecordView()
  view.bytes = bytes
  const append: number[] = []
  let end = 0
  while (view.isSound()) {
    append.push(view.at)
    const next = view.frameEnd
    if (view.flags & flag.last) {
      for (const at of append) {
        view.at = at
        onRecord(view, segment.base + from + at)
      }
      append.length = 0
      end = next
    }
    view.at = next
  }
  const tear = view.at
  if (tear < bytes.length) refuseDamage(segment, from, bytes, tear)
  return { end: from + end, torn: end < bytes.length }
}

const refuseDamage = (segment: Segment, from: number, bytes: Buffer, tear: number): void => {
  const view = new RecordView()
  view.bytes = bytes
  for (let at = bytes.indexOf(magicBytes, tear + 1); at >= 0; at = bytes.indexOf(magicBytes, at + 1)) {
    view.at = at
    if (!view.isSound() || at - view.groupOffset <= tear) continue
    throw new LogDamaged(
      `${segment.path} is damaged at byte ${from + tear}: a later record, at byte ${from + at}, was written when this one was already safe on disk. ` +
        'Restore the folder from a backup.',
    )
  }
}

const readFrom = (segment: Segment, from: number): Buffer => {
  const bytes = Buffer.allocUnsafeSlow(Math.max(0, segment.length - from))
  let done = 0
  while (done < bytes.length) {
    const read = fs.readSync(segment.fd, bytes, done, bytes.length - done, from + done)
    if (read === 0) throw new LogDamaged(`${segment.path} got shorter while it was read`)
    done += read
  }
  return bytes
}
