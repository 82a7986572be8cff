import { positionOf } from '#projections/engine/position-of.ts'
import type { RowOf } from '#projections/engine/table.ts'
import type { ReadModels } from '#projections/read-database.ts'
import type { scheduleTables } from './tables.ts'

export type VersionRow = RowOf<typeof scheduleTables.schedule_version>
export type EntryRow = RowOf<typeof scheduleTables.schedule_entry>
export type ChangeRow = RowOf<typeof scheduleTables.schedule_change>
export type ExplanationRow = RowOf<typeof scheduleTables.schedule_explanation>

type Version = Pick<VersionRow, 'site' | 'night' | 'version'>
/** One version of a night; the newest one where none is named, of the newest night where no night is. */
export type WhichSchedule = { readonly site: string; readonly night?: string; readonly version?: number }

/** Every row says how far the read model was. */
export const versionRow = (db: ReadModels, { site, night, version }: WhichSchedule) =>
  db
    .selectFrom('schedule_version')
    .selectAll()
    .select(positionOf('schedule').as('position'))
    .where('site', '=', site)
    .$if(night !== undefined, (query) => query.where('night', '=', night ?? ''))
    .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
    .orderBy('night', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** In the order of time. */
export const entryRows = (db: ReadModels, { site, night, version }: Version) =>
  db
    .selectFrom('schedule_entry')
    .selectAll()
    .where('site', '=', site)
    .where('night', '=', night)
    .where('version', '=', version)
    .orderBy('place')
    .execute()

export const changeRows = (db: ReadModels, { site, night, version }: Version) =>
  db
    .selectFrom('schedule_change')
    .selectAll()
    .where('site', '=', site)
    .where('night', '=', night)
    .where('version', '=', version)
    .orderBy('change')
    .orderBy('sequence_id')
    .execute()

/** Page 0, with the codes alone, and the pages that were written since. */
export const explanationRows = (db: ReadModels, { site, night, version }: Version) =>
  db
    .selectFrom('schedule_explanation')
    .selectAll()
    .where('site', '=', site)
    .where('night', '=', night)
    .where('version', '=', version)
    .orderBy('page')
    .execute()

/** The versions of a night, newest first; `before` is a version to go on below. */
export const versionRows = (
  db: ReadModels,
  { site, night, limit, before }: { site: string; night: string; limit: number; before?: number | undefined },
) =>
  db
    .selectFrom('schedule_version')
    .selectAll()
    .select(positionOf('schedule').as('position'))
    .where('site', '=', site)
    .where('night', '=', night)
    .$if(before !== undefined, (query) => query.where('version', '<', before ?? 0))
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()

/** Everything of one version, in one transaction: a rebuild that swaps meanwhile waits. */
export const scheduleOf = (database: ReadModels, which: WhichSchedule) =>
  database.transaction().execute(async (db) => {
    const version = await versionRow(db, which)
    if (!version) return null
    return {
      version,
      entries: await entryRows(db, version),
      explanations: await explanationRows(db, version),
    }
  })

export const sequencePlan = (database: ReadModels, { site, id }: { site: string; id: string }) =>
  database.transaction().execute(async (db) => {
    const row = await db
      .selectFrom('scheduled_sequence')
      .selectAll()
      .where('site', '=', site)
      .where('sequence_id', '=', id)
      .executeTakeFirst()
    if (!row) return null
    const newest = await versionRow(db, { site })
    return { row, newest, explanations: await explanationRows(db, row) }
  })

/** An ask that somebody put on record, and which version answered it. */
export const scheduleAskRow = (db: ReadModels, id: string) =>
  db
    .selectFrom('schedule_ask')
    .leftJoin('schedule_answer', 'schedule_answer.ask_id', 'schedule_ask.event_id')
    .selectAll('schedule_ask')
    .select(['schedule_answer.night as answered_night', 'schedule_answer.version as answered_version'])
    .where('event_id', '=', id)
    .executeTakeFirst()
