import type { ReadModels } from '#projections/read-database.ts'

/** What the plan in force has next after an instant; undefined when there is nothing, or no plan. */
export const nextEntry = async (db: ReadModels, site: string, night: string, at: string) => {
  const newest = await db
    .selectFrom('schedule_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('site', '=', site)
    .where('night', '=', night)
    .executeTakeFirst()
  if (!newest?.version) return undefined
  return db
    .selectFrom('schedule_entry')
    .select(['sequence_id', 'request_id', 'name', 'starts_at', 'ends_at'])
    .where('site', '=', site)
    .where('night', '=', night)
    .where('version', '=', newest.version)
    .where('starts_at', '>', at)
    .orderBy('place')
    .limit(1)
    .executeTakeFirst()
}
