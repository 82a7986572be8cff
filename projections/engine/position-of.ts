import { type RawBuilder, sql } from 'kysely'
import type { ReadModels } from '#projections/read-database.ts'

/** A view for the live read models; a table beside the rows in a snapshot of the past. */
const positions = sql.table('read_model_position')

/**
 * How far a read model has come, as the log's commit position: a column for its own query, so that rows and position are
 * of one snapshot and a client that waits for its own write by position never sees less.
 */
export const positionOf = (projection: string): RawBuilder<number> =>
  sql<number>`(select coalesce(commit_position, 0) from ${positions} where name = ${projection})`

/** The same by itself, for an answer without rows. */
export const readPosition = async (db: ReadModels, projection: string): Promise<number> => {
  const { rows } = await sql<{
    position: number | null
  }>`select ${positionOf(projection)} as position`.execute(db)
  return rows[0]?.position ?? 0
}
