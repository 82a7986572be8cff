import { type Expression, type SqlBool, sql } from 'kysely'
import type { Position } from '#domain/shared/event.ts'
import { positionOf } from '#projections/engine/position-of.ts'
import type { RowOf } from '#projections/engine/table.ts'
import type { ReadModels } from '#projections/read-database.ts'
import type { journalTables } from './tables.ts'

export type JournalRow = RowOf<typeof journalTables.journal>

/** What is asked for; all of it must hold. */
export type JournalFilter = {
  readonly night?: string | undefined
  readonly types?: readonly string[] | undefined
  readonly stream?: string | undefined
  /** `kind:id`. */
  readonly actor?: string | undefined
  readonly causation?: string | undefined
  readonly correlation?: string | undefined
  /** Both included, by `occurredAt`. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly simulated?: boolean | undefined
}

export type JournalPage = {
  readonly order: 'newest' | 'oldest'
  readonly limit: number
  /** Beyond this position only, in the order asked for. */
  readonly beyond?: Position | undefined
}

const dayMs = 86_400_000

const dayOf = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * dayMs).toISOString().slice(0, 10)

const conditionsOf = ({ types, ...filter }: JournalFilter): Expression<SqlBool>[] => {
  const conditions: Expression<SqlBool>[] = []
  const add = (condition: Expression<SqlBool>) => conditions.push(condition)
  if (filter.night) add(sql`night = ${filter.night}`)
  if (types) add(sql`type = any(${types})`)
  if (filter.stream) add(sql`stream = ${filter.stream}`)
  if (filter.actor) add(sql`actor = ${filter.actor}`)
  if (filter.causation) add(sql`causation_id = ${filter.causation}`)
  if (filter.correlation) add(sql`correlation_id = ${filter.correlation}`)
  if (filter.simulated !== undefined) add(sql`simulated = ${filter.simulated}`)
  // Times have no index of their own; the night has. It is named by a local date at most a day from the UTC one.
  if (filter.from) add(sql`occurred_at >= ${filter.from} and night >= ${dayOf(filter.from, -2)}`)
  if (filter.to) add(sql`occurred_at <= ${filter.to} and night <= ${dayOf(filter.to, 1)}`)
  return conditions
}

/** A page of the journal. Every row says how far the read model was. */
export const journalPage = (db: ReadModels, filter: JournalFilter, { order, limit, beyond }: JournalPage) => {
  const direction = order === 'newest' ? 'desc' : 'asc'
  const past = order === 'newest' ? sql`<` : sql`>`
  return db
    .selectFrom('journal')
    .selectAll()
    .select(positionOf('journal').as('position'))
    .where(({ and }) => and(conditionsOf(filter)))
    .$if(beyond !== undefined, (query) =>
      query.where(
        sql<SqlBool>`(commit_position, prepare_position) ${past} (${beyond?.commit}, ${beyond?.prepare})`,
      ),
    )
    .orderBy('commit_position', direction)
    .orderBy('prepare_position', direction)
    .limit(limit)
    .execute()
}

/** The rows of some events, in no order; ids that are of no event have none. */
export const journalRows = (db: ReadModels, ids: readonly string[]): Promise<JournalRow[]> =>
  db.selectFrom('journal').selectAll().where(sql<SqlBool>`event_id = any(${ids})`).execute()

export const journalRow = async (db: ReadModels, id: string): Promise<JournalRow | null> =>
  (await journalRows(db, [id]))[0] ?? null

export const positionOfRow = (row: Pick<JournalRow, 'commit_position' | 'prepare_position'>): Position => ({
  commit: BigInt(row.commit_position),
  prepare: BigInt(row.prepare_position),
})
