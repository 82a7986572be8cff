import type { RequestContent } from '#domain/requests/events.ts'
import type { Change } from '#projections/engine/definition.ts'
import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { sequencesTables } from './tables.ts'

const { put, merge, add } = changesOf(sequencesTables)

const asked = ({ requestId, userId, programmeId, sequences }: RequestContent): Change[] =>
  sequences.map((sequence, i) =>
    put('sequence', {
      id: sequence.id,
      request_id: requestId,
      ordinal: i + 1,
      name: sequence.name,
      user_id: userId,
      programme_id: programmeId,
      target_name: sequence.target?.name ?? null,
      ra_deg: sequence.target?.raDeg ?? null,
      dec_deg: sequence.target?.decDeg ?? null,
      duration_s: sequence.durationS,
      priority: sequence.priority,
      tier: sequence.tier,
      min_quality: sequence.minQuality,
      content: sequence,
      dropped: false,
    }),
  )

const stands = (
  request_id: string,
  status: 'DRAFT' | 'INVALID' | 'TOBEPLANNED' | 'CANCELLED',
  since: string,
  why: string | null = null,
): Change => put('sequence_request', { request_id, status, since, why })

/** Each sequence: what is asked for, and what request, plan and observation say of it. */
export const sequences = defineProjection({
  name: 'sequences',
  version: 1,
  tables: sequencesTables,
  handles: {
    RequestDrafted: ({ data, metadata: { occurredAt } }) => [
      ...asked(data),
      stands(data.requestId, 'DRAFT', occurredAt),
    ],
    RequestRevised: ({ data, metadata: { occurredAt } }) => [
      ...asked(data),
      ...(data.droppedSequenceIds ?? []).map((id) => merge('sequence', { id, dropped: true })),
      stands(data.requestId, data.submitted ? 'TOBEPLANNED' : 'DRAFT', occurredAt),
    ],
    RequestSubmitted: ({ data, metadata: { occurredAt } }) => [
      ...asked(data),
      stands(data.requestId, 'TOBEPLANNED', occurredAt),
    ],
    RequestRefused: ({ data: { requestId, faults }, metadata: { occurredAt } }) => [
      stands(requestId, 'INVALID', occurredAt, faults.map(({ message }) => message).join('; ')),
    ],
    RequestWithdrawn: ({ data: { requestId, why }, metadata: { occurredAt } }) => [
      stands(requestId, 'CANCELLED', occurredAt, why),
    ],
    SchedulePublished: ({ data: { scheduleVersion, placed, unplaced }, metadata: { occurredAt, night } }) => {
      const plan = { night, schedule_version: scheduleVersion, published_at: occurredAt }
      return [
        ...placed.map(({ sequenceId, startsAt, endsAt }) =>
          put('sequence_plan', {
            sequence_id: sequenceId,
            ...plan,
            placed: true,
            starts_at: startsAt,
            ends_at: endsAt,
            code: null,
          }),
        ),
        ...unplaced.map(({ sequenceId, code }) =>
          put('sequence_plan', {
            sequence_id: sequenceId,
            ...plan,
            placed: false,
            starts_at: null,
            ends_at: null,
            code,
          }),
        ),
      ]
    },
    ScheduleExplained: ({ data: { scheduleVersion, unplaced }, metadata: { night } }) =>
      unplaced.map(({ sequenceId, code, text, figures }) =>
        put('sequence_reason', {
          sequence_id: sequenceId,
          night,
          schedule_version: scheduleVersion,
          code,
          text,
          figures,
        }),
      ),
    ObservationStarted: ({ data: { sequenceId, attempt, imagesExpected }, metadata: { occurredAt } }) => [
      put('sequence_attempt', {
        sequence_id: sequenceId,
        attempt,
        started_at: occurredAt,
        ended_at: null,
        images_taken: 0,
        images_expected: imagesExpected,
        aborted_why: null,
        detail: null,
      }),
    ],
    ImageAcquired: ({ data: { sequenceId } }) => [
      add('sequence_attempt', { sequence_id: sequenceId, images_taken: 1 }),
    ],
    ObservationFinished: ({ data, metadata: { occurredAt } }) => [
      merge('sequence_attempt', {
        sequence_id: data.sequenceId,
        ended_at: occurredAt,
        images_taken: data.imagesTaken,
        images_expected: data.imagesExpected,
      }),
    ],
    ObservationAborted: ({ data, metadata: { occurredAt } }) => [
      merge('sequence_attempt', {
        sequence_id: data.sequenceId,
        ended_at: occurredAt,
        images_taken: data.imagesTaken,
        images_expected: data.imagesExpected,
        aborted_why: data.why,
        detail: data.detail,
      }),
    ],
    SequenceMissed: ({ data: { sequenceId, why, detail }, metadata: { occurredAt } }) => [
      put('sequence_miss', { sequence_id: sequenceId, missed_at: occurredAt, why, detail }),
    ],
  },
})
