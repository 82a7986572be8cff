import type { ReadModels } from '#projections/read-database.ts'

/**
 * A site's environment as it is known now; null before anything was judged. In one transaction: a rebuild that swaps
 * meanwhile waits, so that no answer mixes two generations.
 */
export const environmentOf = (database: ReadModels, site: string) =>
  database.transaction().execute(async (db) => {
    const verdict = await db
      .selectFrom('safety_verdict')
      .selectAll()
      .where('site', '=', site)
      .orderBy('since', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!verdict) return null
    const quantities = await db
      .selectFrom('environment_quantity')
      .selectAll()
      .where('site', '=', site)
      .orderBy('quantity')
      .execute()
    const poll = await db
      .selectFrom('environment_poll')
      .selectAll()
      .where('site', '=', site)
      .executeTakeFirst()
    const link = await db.selectFrom('plc_link').selectAll().where('site', '=', site).executeTakeFirst()
    return { quantities, poll, verdict, link }
  })
