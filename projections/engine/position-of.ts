import type { ReadModels } from '#projections/read-database.ts'

/**
 * How far a read model has come, as the log's commit position. Ask before the rows: they are then at least as new, so a
 * client that waits for its own write by position never sees less.
 */
export const positionOf = async (db: ReadModels, projection: string): Promise<string> => {
  const row = await db
    .selectFrom('noctuary.projection')
    .select('commit_position')
    .where('name', '=', projection)
    .where('live', '=', true)
    .executeTakeFirst()
  return `${row?.commit_position ?? 0}`
}
