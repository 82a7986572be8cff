import { positionOf } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'

export type RequestFilter = {
  readonly status?: string | undefined
  readonly user?: string | undefined
  readonly programme?: string | undefined
}

/** Newest first; `before` is a place to go on below. */
export const requestsPage = (
  db: ReadModels,
  { status, user, programme }: RequestFilter,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
) => {
  let query = db
    .selectFrom('request')
    .select(['id', 'place', 'name', 'user_id', 'country', 'programme_id', 'target_type', 'source'])
    .select(['status', 'revision', 'trigger_id', 'sequence_count', 'warnings', 'faults'])
    .select(['drafted_at', 'changed_at', 'submitted_at', 'simulated'])
    .select(positionOf('requests').as('position'))
  if (status !== undefined) query = query.where('status', '=', status)
  if (user !== undefined) query = query.where('user_id', '=', user)
  if (programme !== undefined) query = query.where('programme_id', '=', programme)
  if (before !== undefined) query = query.where('place', '<', before)
  return query.orderBy('place', 'desc').limit(limit).execute()
}

export const requestById = (db: ReadModels, id: string) =>
  db
    .selectFrom('request')
    .selectAll()
    .select(positionOf('requests').as('position'))
    .where('id', '=', id)
    .executeTakeFirst()
