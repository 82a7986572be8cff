import type { CourseEvent } from '#domain/night/course-events.ts'
import type { ObservingEvent } from '#domain/observing/events.ts'
import type { PlanningEvent } from '#domain/planning/events.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import type { RequestEvent } from '../events.ts'

const types = [
  'RequestSubmitted',
  'RequestRevised',
  'RequestWithdrawn',
  'SchedulePublished',
  'ObservationStarted',
  'ObservationFinished',
  'ObservationAborted',
  'SequenceMissed',
  'NightClosed',
] as const

type Any = RequestEvent | PlanningEvent | ObservingEvent | CourseEvent

/** What moves time from one column of the ledger to another, or says whose it is. */
export type QuotaInput = Extract<Any, { type: (typeof types)[number] }>

export const quotaInputTypes: readonly string[] = types

export const isQuotaInput = <E extends DomainEvent>(event: E): event is E & QuotaInput =>
  quotaInputTypes.includes(event.type)
