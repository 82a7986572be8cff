import type { ReadModels } from '#projections/read-database.ts'

/** The newest night of a site; undefined before the first. */
export const newestNight = (db: ReadModels, site: string) =>
  db
    .selectFrom('night')
    .selectAll()
    .where('site', '=', site)
    .orderBy('night', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Newest first; `before` is a night to go on below. */
export const nightsOf = (db: ReadModels, site: string, limit: number, before?: string) =>
  db
    .selectFrom('night')
    .selectAll()
    .where('site', '=', site)
    .$if(before !== undefined, (query) => query.where('night', '<', before ?? ''))
    .orderBy('night', 'desc')
    .limit(limit)
    .execute()

export const roofOf = (db: ReadModels, site: string) =>
  db.selectFrom('roof').selectAll().where('site', '=', site).executeTakeFirst()
