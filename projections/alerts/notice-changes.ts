import type { NoticeEvent } from '#domain/alerts/events.ts'
import { missionNamed } from '#domain/alerts/missions/missions.ts'
import { triggerKey } from '#domain/alerts/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type Change, changesOf } from '#projections/engine/definition.ts'
import { alertTables } from './tables.ts'

const { insert, merge, add } = changesOf(alertTables)

type Of<Type extends NoticeEvent['type']> = Recorded<Extract<NoticeEvent, { type: Type }>>

export const received = ({ id, data, position }: Of<'NoticeReceived'>): readonly Change[] => [
  insert('alert_notice', {
    name: data.name,
    id: Number(position.commit),
    event_id: id,
    received_at: data.receivedAt,
    source: data.source,
    sha256: data.sha256,
    bytes: data.bytes,
    format: data.format,
    state: 'received',
    reason: null,
    trigger: null,
    authority: null,
    notice_type: null,
    kind: null,
    role: null,
    listed: null,
    test_signs: [],
    flags: [],
    conflicts: 0,
  }),
]

export const read = ({ data: { notice } }: Of<'NoticeRead'>): readonly Change[] => {
  const listed = missionNamed(notice.mission) !== null
  return [
    merge('alert_notice', {
      name: notice.name,
      state: 'read',
      reason: listed
        ? null
        : `${notice.authority} is no listed author: it opens a trigger for a strategy only`,
      trigger: triggerKey(notice.mission, notice.triggerId),
      authority: notice.authority,
      notice_type: notice.noticeType.name,
      kind: notice.kind,
      role: notice.role,
      listed,
      test_signs: notice.testSigns,
      flags: notice.flags,
    }),
  ]
}

export const quarantined = ({
  data: { name, reason, detail },
}: Of<'NoticeQuarantined'>): readonly Change[] => [
  merge('alert_notice', { name, state: 'quarantined', reason: `${reason}: ${detail}` }),
]

export const conflicted = ({ data: { name } }: Of<'NoticeConflicted'>): readonly Change[] => [
  add('alert_notice', { name, conflicts: 1 }),
]
