import type { AnyEvent } from '#domain/catalogue.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { Ask } from './desk.ts'

/** What the planner listens to. */
export const deskTypes = [
  'RequestSubmitted',
  'RequestRevised',
  'RequestWithdrawn',
  'QuotaGranted',
  'QuotaReserved',
  'QuotaReleased',
  'QuotaSpent',
  'SafetyVerdictGiven',
  'ObservingSuspended',
  'ObservingResumed',
  'NightOpened',
  'ObservationStarted',
  'ObservationFinished',
  'ObservationAborted',
  'SequenceMissed',
  'ScheduleAsked',
  'SchedulePublished',
  'ScheduleExplained',
] as const satisfies readonly AnyEvent['type'][]

export type DeskEvent = Recorded<Extract<AnyEvent, { type: (typeof deskTypes)[number] }>>

const known: ReadonlySet<string> = new Set(deskTypes)

export const isDeskEvent = (event: Recorded): event is DeskEvent => known.has(event.type)

/** An event as an ask for a plan. */
export const askOf = (
  { id, metadata, position }: Recorded,
  why: Ask['why'],
  { keep = true, requestId = null }: Partial<Pick<Ask, 'keep' | 'requestId'>> = {},
): Ask => ({
  why,
  eventId: id,
  correlationId: metadata.correlationId,
  at: metadata.occurredAt,
  position,
  keep,
  simulated: metadata.simulated ?? false,
  requestId,
})
