import { sql } from 'kysely'
import { positionOf } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'

/** Newest first; `before` is an id to go on below, `every` thins out. Every row says how far the read model was. */
export const recentWeather = (
  db: ReadModels,
  { limit, before, every = 1 }: { limit: number; before?: number | undefined; every?: number },
) =>
  db
    .selectFrom('weatherwatch')
    .selectAll()
    .select(positionOf('weatherwatch').as('position'))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .$if(every > 1, (query) => query.where(sql<boolean>`id % ${every} = 0`))
    .orderBy('id', 'desc')
    .orderBy('site', 'desc')
    .limit(limit)
    .execute()
