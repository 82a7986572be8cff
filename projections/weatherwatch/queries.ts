import type { ReadModels } from '#projections/read-database.ts'

/** Newest first; `before` is an id to go on below. */
export const recentWeather = (
  db: ReadModels,
  { limit, before }: { limit: number; before?: number | undefined },
) =>
  db
    .selectFrom('weatherwatch')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .orderBy('site', 'desc')
    .limit(limit)
    .execute()
