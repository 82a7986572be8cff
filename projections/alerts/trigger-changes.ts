import type { TriggerEvent } from '#domain/alerts/events.ts'
import { alertSentence } from '#domain/alerts/sentences.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type Change, changesOf } from '#projections/engine/definition.ts'
import { alertTables } from './tables.ts'

const { insert, merge } = changesOf(alertTables)

type Taken = Extract<
  TriggerEvent,
  {
    type:
      | 'TriggerOpened'
      | 'TriggerRefined'
      | 'TriggerNoticeAdded'
      | 'TriggerRetracted'
      | 'TriggerUnretracted'
  }
>
type Asked = Extract<TriggerEvent, { type: 'AlertRequestMade' | 'AlertRequestRevised' }>

const step = (event: Recorded<TriggerEvent>): Change =>
  insert('alert_step', {
    event_id: event.id,
    trigger: event.data.trigger,
    id: Number(event.position.commit),
    prepare_position: Number(event.position.prepare),
    type: event.type,
    at: event.metadata.occurredAt,
    summary: alertSentence(event),
    data: event.data,
  })

const held = ({ data: { effective, revision }, metadata }: Recorded<Taken>) => ({
  state: effective.state,
  instrument: effective.instrument,
  notice_type: effective.noticeType,
  event_at: effective.eventAt,
  ra_deg: effective.place?.raDeg ?? null,
  dec_deg: effective.place?.decDeg ?? null,
  error_deg: effective.place?.error?.r90Deg ?? null,
  test_signs: effective.testSigns,
  false_alarm_hints: effective.falseAlarmHints,
  notices: revision,
  updated: metadata.occurredAt,
})

const unasked = {
  judged_at: null,
  outcome: null,
  reason: null,
  strategy: null,
  strategy_version: null,
  request_id: null,
  request_state: 'none',
  requested_at: null,
  cancelled: false,
} as const

/** A notice that joined its trigger; the first makes the row, be it a retraction. */
export const taken = (event: Recorded<Taken>): readonly Change[] => {
  const { trigger, mission, triggerId, revision, receivedAt } = event.data
  if (revision > 1) return [step(event), merge('alert', { trigger, ...held(event) })]
  const { site, night, simulated } = event.metadata
  const row = {
    trigger,
    id: Number(event.position.commit),
    mission,
    trigger_id: triggerId,
    night,
    site,
    simulated: simulated ?? false,
    received_at: receivedAt,
    ...unasked,
    ...held(event),
  }
  return [step(event), insert('alert', row)]
}

export const judged = (
  event: Recorded<Extract<TriggerEvent, { type: 'TriggerJudged' }>>,
): readonly Change[] => {
  const { trigger, outcome, reason, strategy, strategyVersion } = event.data
  const at = event.metadata.occurredAt
  const verdict = { outcome, reason, strategy, strategy_version: strategyVersion }
  return [step(event), merge('alert', { trigger, ...verdict, judged_at: at, updated: at })]
}

export const asked = (event: Recorded<Asked>): readonly Change[] => {
  const { trigger, requestId } = event.data
  const at = event.metadata.occurredAt
  const made = event.type === 'AlertRequestMade' ? { requested_at: at } : {}
  const state = event.type === 'AlertRequestMade' ? 'made' : 'revised'
  return [
    step(event),
    merge('alert', { trigger, request_id: requestId, request_state: state, ...made, updated: at }),
  ]
}

export const withdrawn = (
  event: Recorded<Extract<TriggerEvent, { type: 'AlertRequestWithdrawn' }>>,
): readonly Change[] => [
  step(event),
  merge('alert', {
    trigger: event.data.trigger,
    request_state: 'withdrawn',
    updated: event.metadata.occurredAt,
  }),
]

export const cancelled = (
  event: Recorded<Extract<TriggerEvent, { type: 'AlertCancelled' }>>,
): readonly Change[] => [
  step(event),
  merge('alert', { trigger: event.data.trigger, cancelled: true, updated: event.metadata.occurredAt }),
]

export const noted = (
  event: Recorded<Extract<TriggerEvent, { type: 'TriggerNoticeRefused' | 'TriggersCoincided' }>>,
): readonly Change[] => [step(event)]
