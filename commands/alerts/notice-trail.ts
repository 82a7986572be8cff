import { isNoticeEvent, type NoticeEvent } from '#domain/alerts/events.ts'
import { noticeDifferences } from '#domain/alerts/notice-difference.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import type { EventStore, Revision } from '../event-store.ts'
import type { Identified } from './incoming-notice.ts'

type Received = Extract<NoticeEvent, { type: 'NoticeReceived' }>

export const outcomeEvent = ({ reading, name, contentHash, receivedAt }: Identified): NoticeEvent =>
  reading.outcome === 'read'
    ? {
        type: 'NoticeRead',
        data: { notice: reading.notice, contentHash: contentHash ?? '', receivedAt },
      }
    : {
        type: 'NoticeQuarantined',
        data: { name, reason: reading.reason, detail: reading.detail },
      }

export const past = async (store: EventStore, stream: string) => {
  const events: Recorded<NoticeEvent>[] = []
  let revision: Revision = 'none'
  for await (const event of store.readBackwards(stream)) {
    if (revision === 'none') revision = event.revision
    if (isNotice(event)) events.push(event)
  }
  return { events: events.reverse(), revision }
}

const isNotice = (event: Recorded): event is Recorded<NoticeEvent> => isNoticeEvent(event)

type Known = { readonly id: string; readonly position: Position; readonly conflict: boolean }

/** The event that already says what this notice says, if there is one. */
export const known = (
  events: readonly Recorded<NoticeEvent>[],
  { hash, contentHash }: Identified,
): Known | null => {
  const read = events.find((event) => event.type === 'NoticeRead')
  for (const event of events) {
    if (event.type !== 'NoticeReceived' && event.type !== 'NoticeConflicted') continue
    const content = event.type === 'NoticeReceived' ? read?.data.contentHash : event.data.contentHash
    if (event.data.sha256 !== hash && (contentHash === null || content !== contentHash)) continue
    return { id: event.id, position: event.position, conflict: event.type === 'NoticeConflicted' }
  }
  return null
}

export const conflictWith = (
  events: readonly Recorded<NoticeEvent>[],
  incoming: Identified,
  receipt: Omit<Received['data'], 'format'>,
): NoticeEvent => {
  const first = events.find((event) => event.type === 'NoticeRead')?.data.notice
  const other = incoming.reading.outcome === 'read' ? incoming.reading.notice : null
  return {
    type: 'NoticeConflicted',
    data: {
      ...receipt,
      contentHash: incoming.contentHash,
      differs: first && other ? noticeDifferences(first, other) : [],
    },
  }
}
