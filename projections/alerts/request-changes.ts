import type { TransientCandidateFound } from '#domain/images/events.ts'
import type { ObservingEvent } from '#domain/observing/events.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import type { RequestContent } from '#domain/requests/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type Change, changesOf } from '#projections/engine/definition.ts'
import { alertTables } from './tables.ts'

const { put, merge } = changesOf(alertTables)

/** Requests that the alert manager makes are named so; others are no affair of this read model. */
const ofAlert = (requestId: string): boolean => requestId.startsWith('alert-')

type Submitted = { readonly type: 'RequestSubmitted'; readonly data: RequestContent }

export const submitted = ({ data, metadata }: Recorded<Submitted>): readonly Change[] =>
  data.alert && ofAlert(data.requestId)
    ? [
        put('alert_request', {
          request_id: data.requestId,
          trigger: data.alert.triggerId,
          submitted_at: metadata.occurredAt,
          sequences: data.sequences.length,
        }),
      ]
    : []

export const scheduled = ({ id, data, metadata }: Recorded<SchedulePublished>): readonly Change[] => {
  const first = new Map<string, string>()
  for (const { requestId, startsAt } of data.placed) {
    const known = first.get(requestId)
    if (ofAlert(requestId) && (known === undefined || startsAt < known)) first.set(requestId, startsAt)
  }
  return [...first].map(([requestId, startsAt]) =>
    put('alert_schedule', {
      event_id: id,
      request_id: requestId,
      published_at: metadata.occurredAt,
      starts_at: startsAt,
    }),
  )
}

type Started = Extract<ObservingEvent, { type: 'ObservationStarted' }>
type Ended = Extract<ObservingEvent, { type: 'ObservationFinished' | 'ObservationAborted' }>

export const started = ({ data, metadata }: Recorded<Started>): readonly Change[] =>
  ofAlert(data.requestId)
    ? [
        put('alert_observation', {
          sequence_id: data.sequenceId,
          attempt: data.attempt,
          request_id: data.requestId,
          state: 'running',
          started_at: metadata.occurredAt,
          ended_at: null,
          images_taken: null,
          images_expected: data.imagesExpected,
        }),
      ]
    : []

export const ended = ({ type, data, metadata }: Recorded<Ended>): readonly Change[] =>
  ofAlert(data.requestId)
    ? [
        merge('alert_observation', {
          sequence_id: data.sequenceId,
          attempt: data.attempt,
          state: type === 'ObservationFinished' ? 'finished' : 'aborted',
          ended_at: metadata.occurredAt,
          images_taken: data.imagesTaken,
          images_expected: data.imagesExpected,
        }),
      ]
    : []

export const candidate = ({ data, metadata }: Recorded<TransientCandidateFound>): readonly Change[] =>
  ofAlert(data.requestId)
    ? [
        put('alert_candidate', {
          candidate_id: data.candidateId,
          request_id: data.requestId,
          image_id: data.imageId,
          found_at: metadata.occurredAt,
          ra_deg: data.raDeg,
          dec_deg: data.decDeg,
          snr: data.snr,
          magnitude: data.magnitude,
          filter: data.filter,
          catalogue: data.catalogue,
        }),
      ]
    : []
