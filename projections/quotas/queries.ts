import { sql } from 'kysely'
import { positionOf } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'

type Wanted = {
  readonly period?: string | undefined
  readonly level?: string | undefined
  readonly id?: string | undefined
}

const total = (column: string) => sql<number>`sum(${sql.ref(column)})::double precision / 1000`

/** The accounts that anything was ever entered in, with their sums in seconds. */
export const accountsIn = (db: ReadModels, { period, level, id }: Wanted) =>
  db
    .selectFrom('quota_entry')
    .select(['period', 'level', 'account_id'])
    .select([
      total('granted_ms').as('granted_s'),
      total('reserved_ms').as('reserved_s'),
      total('spent_ms').as('spent_s'),
      total('refunded_ms').as('refunded_s'),
      positionOf('quotas').as('position'),
    ])
    .$if(period !== undefined, (query) => query.where('period', '=', period ?? ''))
    .$if(level !== undefined, (query) => query.where('level', '=', level ?? ''))
    .$if(id !== undefined, (query) => query.where('account_id', '=', id ?? ''))
    .groupBy(['period', 'level', 'account_id'])
    .orderBy('period')
    .orderBy('level')
    .orderBy('account_id')
    .execute()

type Page = { readonly limit: number; readonly before?: number | undefined }

/** The entries of one account, newest first. */
export const entriesOf = (
  db: ReadModels,
  { period, level, id }: Required<{ [Key in keyof Wanted]: string }>,
  { limit, before }: Page,
) =>
  db
    .selectFrom('quota_entry')
    .selectAll()
    .select(positionOf('quotas').as('position'))
    .where('period', '=', period)
    .where('level', '=', level)
    .where('account_id', '=', id)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
