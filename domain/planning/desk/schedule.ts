import type { Position } from '#domain/shared/event.ts'
import type { Ask, Draft } from './desk.ts'
import type { DeskEvent } from './desk-events.ts'

const isAfter = (a: Position, b: Position): boolean =>
  a.commit > b.commit || (a.commit === b.commit && a.prepare > b.prepare)

type ScheduleEvent = Extract<DeskEvent, { type: 'SchedulePublished' | 'ScheduleExplained' }>

/** A whole plan answers all that was asked before it was made, an alert put into a plan only itself. */
const isAnswered = ({ eventId, position }: Ask, { asks, basedOn, method }: Published): boolean =>
  asks.some((answered) => answered.eventId === eventId) ||
  (method !== 'alert-inserted' &&
    !isAfter(position, { commit: BigInt(basedOn.commit), prepare: BigInt(basedOn.prepare) }))
type Published = Extract<ScheduleEvent, { type: 'SchedulePublished' }>['data']

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
  draft.asks = draft.asks.filter((ask) => !isAnswered(ask, data))
  if (data.asks.some(({ why }) => why === 'weather' || why === 'conditions'))
    draft.roofPlannedAt = metadata.occurredAt
}

const explain = (draft: Draft, event: Extract<ScheduleEvent, { type: 'ScheduleExplained' }>): void => {
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

/** What the planner itself put on record: so it knows what it has answered, whoever was the planner then. */
export const foldSchedule = (draft: Draft, event: ScheduleEvent): void => {
  if (event.type === 'SchedulePublished') publish(draft, event)
  else explain(draft, event)
}
