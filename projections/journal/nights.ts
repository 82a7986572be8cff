import type { Position } from '#domain/shared/event.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { positionOfRow } from './queries.ts'

/** Where a night's events lie in the log: the first, the last, and among them those of others. */
export type NightBounds = { readonly first: Position; readonly last: Position }

/** Null for a night of which nothing is on record. */
export const nightBounds = async (db: ReadModels, night: string): Promise<NightBounds | null> => {
  const end = (direction: 'asc' | 'desc') =>
    db
      .selectFrom('journal')
      .select(['commit_position', 'prepare_position'])
      .where('night', '=', night)
      .orderBy('commit_position', direction)
      .orderBy('prepare_position', direction)
      .limit(1)
      .executeTakeFirst()
  const [first, last] = await Promise.all([end('asc'), end('desc')])
  return first && last ? { first: positionOfRow(first), last: positionOfRow(last) } : null
}

/** The first and the last night on record; null when there is none. */
export const nightsOnRecord = async (db: ReadModels): Promise<{ first: string; last: string } | null> => {
  const { first, last } = await db
    .selectFrom('journal')
    .select(({ fn }) => [fn.min('night').as('first'), fn.max('night').as('last')])
    .executeTakeFirstOrThrow()
  return first && last ? { first, last } : null
}
