import type { RequestContent } from '#domain/requests/events.ts'
import { quotaLedger } from '#domain/requests/quotas/ledger.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { foldCourse } from './course.ts'
import type { Desk, Draft } from './desk.ts'
import { askOf, type DeskEvent, isDeskEvent } from './desk-events.ts'
import { foldObserving } from './observing.ts'
import { closedBy, isNews } from './roof.ts'
import { foldSchedule } from './schedule.ts'

const forget = (draft: Draft, requestId: string): void => {
  for (const [id, open] of draft.open) if (open.requestId === requestId) draft.open.delete(id)
}

const take = (draft: Draft, event: DeskEvent, content: RequestContent): void => {
  const { requestId, userId, country, programmeId, alert } = content
  const before = new Map([...draft.open].filter(([, open]) => open.requestId === requestId))
  forget(draft, requestId)
  for (const sequence of content.sequences) {
    if (draft.done.has(sequence.id)) continue
    const known = before.get(sequence.id)
    const submitted = known?.submitted ?? draft.submitted++
    const { startedAts, share } = known ?? { startedAts: [], share: 1 }
    draft.open.set(sequence.id, {
      sequence,
      requestId,
      userId,
      country,
      programmeId,
      alert: alert !== null,
      alertLevel: alert?.level ?? 1,
      submitted,
      startedAts,
      share,
    })
  }
  draft.asks = [...draft.asks, askOf(event, alert ? 'alert' : 'submission', alert ? { requestId } : {})]
}

const withdraw = (draft: Draft, event: DeskEvent & { readonly type: 'RequestWithdrawn' }): void => {
  forget(draft, event.data.requestId)
  // What was asked for and withdrawn before any plan looked at it needs none.
  draft.asks = [
    ...draft.asks.filter(({ requestId }) => requestId !== event.data.requestId),
    askOf(event, 'withdrawal'),
  ]
}

const judge = (draft: Draft, event: DeskEvent & { readonly type: 'SafetyVerdictGiven' }): void => {
  const verdict = closedBy(event.data, { eventId: event.id, at: event.metadata.occurredAt })
  const news = isNews(draft.roof.verdict, verdict)
  // A closure goes on from where it began, with what is now expected of it.
  const since = draft.roof.verdict?.since
  draft.roof = { ...draft.roof, verdict: verdict && since ? { ...verdict, since } : verdict }
  if (news) draft.asks = [...draft.asks, askOf(event, 'weather')]
}

const foldOne = (draft: Draft, event: DeskEvent): void => {
  switch (event.type) {
    case 'RequestSubmitted':
      take(draft, event, event.data)
      return
    case 'RequestRevised':
      if (event.data.submitted) take(draft, event, event.data)
      return
    case 'RequestWithdrawn':
      withdraw(draft, event)
      return
    case 'QuotaGranted':
      draft.asks = [...draft.asks, askOf(event, 'conditions')]
      draft.ledger = quotaLedger.evolve(draft.ledger, event)
      return
    case 'QuotaReserved':
    case 'QuotaReleased':
    case 'QuotaSpent':
      draft.ledger = quotaLedger.evolve(draft.ledger, event)
      return
    case 'SafetyVerdictGiven':
      judge(draft, event)
      return
    case 'ObservingSuspended':
    case 'ObservingResumed':
    case 'NightOpened':
    case 'ScheduleAsked':
      foldCourse(draft, event)
      return
    case 'ObservationStarted':
    case 'ObservationFinished':
    case 'ObservationAborted':
    case 'SequenceMissed':
      foldObserving(draft, event)
      return
    case 'SchedulePublished':
    case 'ScheduleExplained':
      foldSchedule(draft, event)
      return
  }
}

/** The desk after some events of its site, in the order of the log. */
export const foldDesk = (desk: Desk, events: readonly Recorded[], site: string): Desk => {
  const own = events.filter(isDeskEvent).filter(({ metadata }) => metadata.site === site)
  if (own.length === 0) return desk
  const draft: Draft = { ...desk, open: new Map(desk.open), done: new Set(desk.done) }
  for (const event of own) foldOne(draft, event)
  return draft
}
