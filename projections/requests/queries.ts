import { positionOf } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'

export type RequestFilter = {
  readonly status?: string | undefined
  readonly user?: string | undefined
  readonly programme?: string | undefined
}

const requests = (db: ReadModels) =>
  db
    .selectFrom('request_beginning as beginning')
    .innerJoin('request', 'request.id', 'beginning.id')
    .innerJoin('request_now as now', 'now.id', 'request.id')
    .leftJoin('request_draft as draft', 'draft.id', 'request.id')
    .leftJoin('request_submission as submission', 'submission.id', 'request.id')
    .select([
      'request.id',
      'request.name',
      'request.user_id',
      'request.country',
      'request.programme_id',
      'request.target_type',
      'request.source',
      'request.trigger_id',
      'request.sequence_count',
      'request.warnings',
      'now.status',
      'now.revision',
      'now.faults',
      'now.changed_at',
      'beginning.place',
      'beginning.simulated',
      'draft.drafted_at',
      'submission.submitted_at',
    ])
    .select(positionOf('requests').as('position'))

/** Newest first; `before` is a place to go on below. */
export const requestsPage = (
  db: ReadModels,
  { status, user, programme }: RequestFilter,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
) => {
  let query = requests(db)
  if (status !== undefined) query = query.where('now.status', '=', status)
  if (user !== undefined) query = query.where('request.user_id', '=', user)
  if (programme !== undefined) query = query.where('request.programme_id', '=', programme)
  if (before !== undefined) query = query.where('beginning.place', '<', before)
  return query.orderBy('beginning.place', 'desc').limit(limit).execute()
}

export const requestById = (db: ReadModels, id: string) =>
  requests(db)
    .leftJoin('request_text as text', 'text.id', 'request.id')
    .select(['request.sequences', 'text.raw', 'now.withdrawn_why'])
    .where('request.id', '=', id)
    .executeTakeFirst()
