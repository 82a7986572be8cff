import { sql } from 'kysely'

/** PYROS's, as planner.md D9 has them. */
export const sequenceStatuses = [
  'DRAFT',
  'INVALID',
  'TOBEPLANNED',
  'PLANNED',
  'EXECUTING',
  'EXECUTED',
  'FAILED',
  'CANCELLED',
  'UNPLANNABLE',
] as const
export type SequenceStatus = (typeof sequenceStatuses)[number]

/** A plan made before the request was last submitted or revised, or before the last attempt, speaks of what was then. */
const published = sql`plan.published_at >= greatest(request_now.since, attempt.ended_at, miss.missed_at)`
// A plan may be published just after an attempt that it still takes for running: that one started before its end.
const plannedAnew = sql`(${published} and plan.starts_at >= coalesce(attempt.ended_at, plan.starts_at))`

/** A sequence's status from what request, plan and observation say; over the joins of `queries.ts`. */
export const statusExpression = sql<SequenceStatus>`case
  when attempt.sequence_id is not null and attempt.ended_at is null then 'EXECUTING'
  -- Enough of its images are taken, and no later turn of a cadence is planned.
  when attempt.ended_at is not null and attempt.images_taken >= sequence.min_quality * attempt.images_expected
    and not coalesce(plan.placed and ${plannedAnew}, false) then 'EXECUTED'
  when sequence.dropped then 'CANCELLED'
  when request_now.status <> 'TOBEPLANNED' then request_now.status
  when plan.placed and ${plannedAnew} then 'PLANNED'
  when not plan.placed and ${published} then
    case when plan.code in ('WINDOW_TOO_SHORT', 'WINDOW_PASSED') then 'UNPLANNABLE' else 'TOBEPLANNED' end
  when attempt.ended_at is not null then 'FAILED'
  else 'TOBEPLANNED'
end`
