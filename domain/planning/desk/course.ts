import type { Draft } from './desk.ts'
import { askOf, type DeskEvent } from './desk-events.ts'

type CourseEvent = Extract<
  DeskEvent,
  { type: 'ObservingSuspended' | 'ObservingResumed' | 'NightOpened' | 'ScheduleAsked' }
>

const suspend = (draft: Draft, event: Extract<CourseEvent, { type: 'ObservingSuspended' }>): void => {
  const { why, detail } = event.data
  const suspension = { eventId: event.id, since: event.metadata.occurredAt, until: null, why: detail }
  draft.roof = { ...draft.roof, suspension: draft.roof.suspension ?? suspension }
  draft.asks = [...draft.asks, askOf(event, why === 'weather' ? 'weather' : 'conditions')]
}

/** What the night as a whole and people ask of the planner. */
export const foldCourse = (draft: Draft, event: CourseEvent): void => {
  switch (event.type) {
    case 'ObservingSuspended':
      suspend(draft, event)
      return
    case 'ObservingResumed':
      draft.roof = { ...draft.roof, suspension: null }
      draft.asks = [...draft.asks, askOf(event, 'conditions', { keep: false })]
      return
    case 'NightOpened':
      draft.asks = [...draft.asks, askOf(event, 'night-start', { keep: false })]
      return
    case 'ScheduleAsked':
      draft.asks = [...draft.asks, askOf(event, event.data.why, { keep: event.data.keep })]
      return
  }
}
