import type { ReadModels } from '#projections/read-database.ts'

type Wanted = {
  readonly night?: string | undefined
  readonly sequence?: string | undefined
  readonly request?: string | undefined
  readonly limit: number
}

/** Newest first. */
export const observationsOf = (db: ReadModels, { night, sequence, request, limit }: Wanted) =>
  db
    .selectFrom('observation')
    .selectAll()
    .$if(night !== undefined, (query) => query.where('night', '=', night ?? ''))
    .$if(sequence !== undefined, (query) => query.where('sequence_id', '=', sequence ?? ''))
    .$if(request !== undefined, (query) => query.where('request_id', '=', request ?? ''))
    .orderBy('started_at', 'desc')
    .orderBy('sequence_id')
    .orderBy('attempt')
    .limit(limit)
    .execute()

/** The one that runs at a site; undefined when none does. */
export const runningObservation = (db: ReadModels, site: string) =>
  db
    .selectFrom('observation')
    .selectAll()
    .where('site', '=', site)
    .where('state', '=', 'running')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** What was missed in a night, newest first. */
export const missedOf = (db: ReadModels, night: string, limit: number) =>
  db
    .selectFrom('missed_sequence')
    .selectAll()
    .where('night', '=', night)
    .orderBy('missed_at', 'desc')
    .orderBy('event_id')
    .limit(limit)
    .execute()
