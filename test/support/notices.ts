import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readNotice } from '#adapters/read-notice.ts'
import type { NoticeSource } from '#commands/alerts/incoming-notice.ts'
import type { Notice } from '#domain/alerts/notice.ts'

const folder = path.resolve(import.meta.dirname, '../fixtures/notices')

export const noticeFiles = (): string[] => readdirSync(folder).sort()

export const noticeBytes = (file: string): Uint8Array => readFileSync(path.join(folder, file))

export const folderSource = (file: string): NoticeSource => ({ kind: 'folder', file })

/** A notice of ours as it is read; throws if it is set aside. */
export const noticeNamed = (file: string): Notice => {
  const reading = readNotice(noticeBytes(file), folderSource(file))
  if (reading.outcome === 'quarantined') throw new Error(`${file}: ${reading.reason} ${reading.detail}`)
  return reading.notice
}
