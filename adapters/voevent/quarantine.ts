import type { NoticeFormat, QuarantineReason, Reading } from '#domain/alerts/notice.ts'

/** What came cannot be read, or not safely. */
export class Unreadable extends Error {
  readonly reason: QuarantineReason
  readonly format: NoticeFormat
  constructor(reason: QuarantineReason, detail: string, format: NoticeFormat = 'unknown') {
    super(detail)
    this.name = 'Unreadable'
    this.reason = reason
    this.format = format
  }
}

const longest = 1000

export const quarantined = ({ reason, message, format }: Unreadable): Reading => ({
  outcome: 'quarantined',
  format,
  reason,
  detail: message.slice(0, longest),
})
