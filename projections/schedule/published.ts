import type { SchedulePublished } from '#domain/planning/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type Change, changesOf } from '#projections/engine/definition.ts'
import { scheduleTables } from './tables.ts'

const { insert, put } = changesOf(scheduleTables)

type Published = Recorded<SchedulePublished>

const keyOf = ({ data, metadata: { site, night } }: Published) => ({
  site,
  night,
  version: data.scheduleVersion,
})

const versionRow = (event: Published): Change => {
  const { data, id, metadata } = event
  return insert('schedule_version', {
    ...keyOf(event),
    event_id: id,
    published_at: metadata.occurredAt,
    asks: data.asks,
    cause_id: metadata.causationId,
    method: data.method ?? 'whole',
    planner_version: data.plannerVersion,
    inputs_hash: data.inputsHash,
    based_on: `${data.basedOn.commit}/${data.basedOn.prepare}`,
    from_at: data.from,
    until_at: data.until,
    closures: data.closures ?? [],
    objective: data.objective,
    bound: data.bound,
    placed: data.placed.length,
    unplaced: data.unplaced.length,
    added: data.changes?.added.length ?? 0,
    dropped: data.changes?.dropped.length ?? 0,
    moved: data.changes?.moved.length ?? 0,
    preempted: data.preempted,
  })
}

const entryRows = (event: Published): Change[] =>
  event.data.placed.map((entry, place) =>
    insert('schedule_entry', {
      ...keyOf(event),
      place,
      sequence_id: entry.sequenceId,
      occurrence: entry.occurrence ?? 1,
      request_id: entry.requestId,
      name: entry.name,
      kind: entry.kind,
      setup_at: entry.setupAt,
      starts_at: entry.startsAt,
      ends_at: entry.endsAt,
      priority: entry.priority,
      value: entry.value,
      quality: entry.quality,
      ra_deg: entry.raDeg,
      dec_deg: entry.decDeg,
      altitude_deg: entry.altitudeDeg,
      airmass: entry.airmass,
      moon_separation_deg: entry.moonSeparationDeg,
      slack_before_s: entry.slackBeforeS,
      slack_after_s: entry.slackAfterS,
      charge_s: entry.chargeS,
    }),
  )

const unchanged: ChangeColumns = { was_at: null, starts_at: null, by_s: null, code: null }

const changeRows = (event: Published): Change[] => {
  const { added = [], dropped = [], moved = [] } = event.data.changes ?? {}
  const row = ({ sequenceId, occurrence = 1 }: Which, change: string, more: Partial<ChangeColumns>) =>
    insert('schedule_change', {
      ...keyOf(event),
      ...unchanged,
      sequence_id: sequenceId,
      occurrence,
      change,
      ...more,
    })
  return [
    ...added.map((one) => row(one, 'added', { starts_at: one.startsAt })),
    ...dropped.map((one) => row(one, 'dropped', { was_at: one.wasAt, code: one.code })),
    ...moved.map((one) => row(one, 'moved', { was_at: one.wasAt, starts_at: one.startsAt, by_s: one.byS })),
  ]
}
type Which = { readonly sequenceId: string; readonly occurrence?: number | undefined }
type ChangeColumns = {
  was_at: string | null
  starts_at: string | null
  by_s: number | null
  code: string | null
}

const notPlanned = { starts_at: null, ends_at: null, code: null }

const sequenceRows = (event: Published): Change[] => [
  ...event.data.unplaced.map(({ sequenceId, requestId, code }) =>
    put('scheduled_sequence', {
      ...keyOf(event),
      ...notPlanned,
      sequence_id: sequenceId,
      request_id: requestId,
      planned: false,
      code,
    }),
  ),
  // Of a cadence the first of tonight's exposures stays.
  ...event.data.placed.toReversed().map(({ sequenceId, requestId, startsAt, endsAt }) =>
    put('scheduled_sequence', {
      ...keyOf(event),
      ...notPlanned,
      sequence_id: sequenceId,
      request_id: requestId,
      planned: true,
      starts_at: startsAt,
      ends_at: endsAt,
    }),
  ),
]

/** All rows that a version makes. */
export const publishedRows = (event: Published): Change[] => [
  versionRow(event),
  ...entryRows(event),
  ...changeRows(event),
  insert('schedule_explanation', { ...keyOf(event), page: 0, last: false, unplaced: event.data.unplaced }),
  ...sequenceRows(event),
  ...event.data.asks.map(({ eventId }) => put('schedule_answer', { ...keyOf(event), ask_id: eventId })),
]
