import type { Reading } from '#domain/alerts/notice.ts'
import type { NoticeSource } from '../incoming-notice.ts'

export type NoticeArrival = {
  /** The bytes as they came. */
  readonly raw: Uint8Array
  readonly source: NoticeSource
  readonly receivedAt: string
  /** It comes from a simulator: only simulated devices may act on it. */
  readonly simulated?: boolean
  /** What it says, where it has been read already. */
  readonly reading?: Reading
}

export type Reception = {
  readonly outcome: 'recorded' | 'duplicate' | 'conflict' | 'quarantined'
  /** Of the event that keeps the notice. */
  readonly eventId: string
  /** Why it was set aside, for its sender. */
  readonly detail: string | null
}

/** Takes a notice; resolves once it is durable, so only then may a source acknowledge it. Rejects while the log is away. */
export type NoticeSink = (arrival: NoticeArrival) => Promise<Reception>
