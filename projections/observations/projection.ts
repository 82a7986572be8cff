import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { observationsTables } from './tables.ts'

const { insert, merge, add } = changesOf(observationsTables)

/** What was observed, how it ended, and what was missed. */
export const observations = defineProjection({
  name: 'observations',
  version: 1,
  tables: observationsTables,
  handles: {
    ObservationStarted: ({ data, metadata: { site, night, occurredAt } }) => [
      insert('observation', {
        sequence_id: data.sequenceId,
        attempt: data.attempt,
        request_id: data.requestId,
        site,
        night,
        schedule_version: data.scheduleVersion,
        started_at: occurredAt,
        ends_expected_at: data.endsExpectedAt,
        ended_at: null,
        state: 'running',
        why: null,
        detail: null,
        images_expected: data.imagesExpected,
        images_taken: 0,
        open_shutter_s: null,
      }),
    ],
    ImageAcquired: ({ data: { sequenceId, attempt } }) => [
      add('observation', { sequence_id: sequenceId, attempt, images_taken: 1 }),
    ],
    ObservationFinished: ({ data: { sequenceId, attempt, openShutterS }, metadata: { occurredAt } }) => [
      merge('observation', {
        sequence_id: sequenceId,
        attempt,
        ended_at: occurredAt,
        state: 'finished',
        open_shutter_s: openShutterS,
      }),
    ],
    ObservationAborted: ({
      data: { sequenceId, attempt, openShutterS, why, detail },
      metadata: { occurredAt },
    }) => [
      merge('observation', {
        sequence_id: sequenceId,
        attempt,
        ended_at: occurredAt,
        state: 'aborted',
        why,
        detail,
        open_shutter_s: openShutterS,
      }),
    ],
    SequenceMissed: ({ id, data, metadata: { site, night, occurredAt } }) => [
      insert('missed_sequence', {
        event_id: id,
        sequence_id: data.sequenceId,
        request_id: data.requestId,
        site,
        night,
        schedule_version: data.scheduleVersion,
        missed_at: occurredAt,
        why: data.why,
        detail: data.detail,
      }),
    ],
  },
})
