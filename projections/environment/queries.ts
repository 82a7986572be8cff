import type { ReadModels } from '#projections/read-database.ts'

/** A site's environment as it is known now; null before anything was judged. */
export const environmentOf = async (db: ReadModels, site: string) => {
  const [quantities, poll, verdict, link] = await Promise.all([
    db.selectFrom('environment_quantity').selectAll().where('site', '=', site).orderBy('quantity').execute(),
    db.selectFrom('environment_poll').selectAll().where('site', '=', site).executeTakeFirst(),
    db
      .selectFrom('safety_verdict')
      .selectAll()
      .where('site', '=', site)
      .orderBy('since', 'desc')
      .limit(1)
      .executeTakeFirst(),
    db.selectFrom('plc_link').selectAll().where('site', '=', site).executeTakeFirst(),
  ])
  return verdict ? { quantities, poll, verdict, link } : null
}
