import type { Draft } from './desk.ts'
import type { DeskEvent } from './desk-events.ts'

type ScheduleEvent = Extract<DeskEvent, { type: 'SchedulePublished' | 'ScheduleExplained' }>

const publish = (draft: Draft, event: Extract<ScheduleEvent, { type: 'SchedulePublished' }>): void => {
  const { data, metadata, id, revision } = event
  const { basedOn: _, changes: __, ...rest } = data
  draft.standing = {
    ...rest,
    eventId: id,
    night: metadata.night,
    publishedAt: metadata.occurredAt,
    revision,
    before: draft.standing?.night === metadata.night ? draft.standing.placed : [],
    pagesExplained: 0,
    explained: false,
  }
  const answered = new Set(data.asks.map(({ eventId }) => eventId))
  draft.asks = draft.asks.filter(({ eventId }) => !answered.has(eventId))
  if (data.asks.some(({ why }) => why === 'weather' || why === 'conditions'))
    draft.roofPlannedAt = metadata.occurredAt
}

/** What the planner itself put on record: so it knows what it has answered, whoever was the planner then. */
export const foldSchedule = (draft: Draft, event: ScheduleEvent): void => {
  if (event.type === 'SchedulePublished') return publish(draft, event)
  const { standing } = draft
  if (standing?.night !== event.metadata.night || standing.scheduleVersion !== event.data.scheduleVersion)
    return
  draft.standing = {
    ...standing,
    revision: event.revision,
    pagesExplained: event.data.page,
    explained: event.data.last,
  }
}
