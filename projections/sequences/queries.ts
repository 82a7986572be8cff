import { sql } from 'kysely'
import { positionOf } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { type SequenceStatus, statusExpression } from './status.ts'

export type SequenceFilter = {
  readonly status?: SequenceStatus | undefined
  readonly request?: string | undefined
  readonly user?: string | undefined
  readonly programme?: string | undefined
}

/** Sequences with their status and what it rests on. */
const sequences = (db: ReadModels) =>
  db
    .selectFrom('sequence')
    .innerJoin('sequence_request as request_now', 'request_now.request_id', 'sequence.request_id')
    .leftJoin('sequence_plan as plan', 'plan.sequence_id', 'sequence.id')
    .leftJoin('sequence_attempt as attempt', 'attempt.sequence_id', 'sequence.id')
    .leftJoin('sequence_miss as miss', 'miss.sequence_id', 'sequence.id')
    // An explanation is of one plan; of an older one it says nothing about now.
    .leftJoin('sequence_reason as reason', (join) =>
      join
        .onRef('reason.sequence_id', '=', 'plan.sequence_id')
        .onRef('reason.night', '=', 'plan.night')
        .onRef('reason.schedule_version', '=', 'plan.schedule_version'),
    )
    .select([
      'sequence.id',
      'sequence.request_id',
      'sequence.ordinal',
      'sequence.name',
      'sequence.user_id',
      'sequence.programme_id',
      'sequence.target_name',
      'sequence.ra_deg',
      'sequence.dec_deg',
      'sequence.duration_s',
      'sequence.priority',
      'sequence.tier',
      'sequence.content',
      'request_now.why as request_why',
      'plan.night',
      'plan.schedule_version',
      'plan.placed',
      'plan.starts_at',
      'plan.ends_at',
      'plan.code',
      'reason.text as reason_text',
      'reason.figures as reason_figures',
      'attempt.attempt',
      'attempt.started_at',
      'attempt.ended_at',
      'attempt.images_taken',
      'attempt.images_expected',
      'attempt.aborted_why',
      'attempt.detail as attempt_detail',
      'miss.missed_at',
      'miss.why as missed_why',
      'miss.detail as missed_detail',
    ])
    .select([statusExpression.as('status'), positionOf('sequences').as('position')])

export type SequenceRow = Awaited<ReturnType<typeof sequencesPage>>[number]

/** By request and place in it; `after` is an id to go on behind. */
export const sequencesPage = (
  db: ReadModels,
  { status, request, user, programme }: SequenceFilter,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
) => {
  let query = sequences(db)
  if (status !== undefined) query = query.where(statusExpression, '=', status)
  if (request !== undefined) query = query.where('sequence.request_id', '=', request)
  if (user !== undefined) query = query.where('sequence.user_id', '=', user)
  if (programme !== undefined) query = query.where('sequence.programme_id', '=', programme)
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(sequence.request_id, sequence.ordinal, sequence.id) >
        (select request_id, ordinal, id from sequence where id = ${after})`,
    )
  return query
    .orderBy('sequence.request_id')
    .orderBy('sequence.ordinal')
    .orderBy('sequence.id')
    .limit(limit)
    .execute()
}

export const sequenceById = (db: ReadModels, id: string) =>
  sequences(db).where('sequence.id', '=', id).executeTakeFirst()
