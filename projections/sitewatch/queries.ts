import { positionOf } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'

/** Newest first; `before` is an id to go on below. Every row says how far the read model was. */
export const recentSite = (
  db: ReadModels,
  { limit, before }: { limit: number; before?: number | undefined },
) =>
  db
    .selectFrom('sitewatch')
    .selectAll()
    .select(positionOf('sitewatch').as('position'))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .orderBy('site', 'desc')
    .limit(limit)
    .execute()
