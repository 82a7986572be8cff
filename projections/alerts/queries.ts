import { sql } from 'kysely'
import { positionOf } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'

/** Of one alert. */
const mostCandidates = 1_000

type Page = { readonly limit: number; readonly before?: number | undefined }

export type AlertFilter = {
  readonly night?: string | undefined
  readonly mission?: string | undefined
  readonly outcome?: string | undefined
  readonly state?: string | undefined
}

/** Alerts, newest first, with how far the observing of each has come. */
export const recentAlerts = (db: ReadModels, { night, mission, outcome, state }: AlertFilter, page: Page) =>
  db
    .selectFrom('alert')
    .selectAll()
    .select(positionOf('alerts').as('position'))
    .select((alert) =>
      alert
        .selectFrom('alert_observation')
        .whereRef('alert_observation.request_id', '=', 'alert.request_id')
        .select(sql<number>`count(*)::int`.as('observations'))
        .as('observations'),
    )
    .$if(page.before !== undefined, (query) => query.where('id', '<', page.before ?? 0))
    .$if(night !== undefined, (query) => query.where('night', '=', night ?? ''))
    .$if(mission !== undefined, (query) => query.where('mission', '=', mission ?? ''))
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? ''))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()

/** One alert with all of its history; null when there is no such trigger. In one transaction, so of one generation. */
export const alertOf = (database: ReadModels, trigger: string) =>
  database.transaction().execute(async (db) => {
    const alert = await db
      .selectFrom('alert')
      .selectAll()
      .select(positionOf('alerts').as('position'))
      .where('trigger', '=', trigger)
      .executeTakeFirst()
    if (!alert) return null
    const notices = await db
      .selectFrom('alert_notice')
      .selectAll()
      .where('trigger', '=', trigger)
      .orderBy('id')
      .execute()
    const steps = await db
      .selectFrom('alert_step')
      .selectAll()
      .where('trigger', '=', trigger)
      .orderBy('id')
      .orderBy('prepare_position')
      .execute()
    const requests = await db
      .selectFrom('alert_request')
      .selectAll()
      .where('trigger', '=', trigger)
      .orderBy('submitted_at')
      .execute()
    const ids = requests.map(({ request_id }) => request_id)
    const [schedules, observations, candidates] =
      ids.length === 0
        ? [[], [], []]
        : [
            await db
              .selectFrom('alert_schedule')
              .selectAll()
              .where('request_id', 'in', ids)
              .orderBy('published_at')
              .execute(),
            await db
              .selectFrom('alert_observation')
              .selectAll()
              .where('request_id', 'in', ids)
              .orderBy('sequence_id')
              .orderBy('attempt')
              .execute(),
            await db
              .selectFrom('alert_candidate')
              .selectAll()
              .where('request_id', 'in', ids)
              .orderBy('found_at')
              .orderBy('candidate_id')
              .limit(mostCandidates)
              .execute(),
          ]
    return { alert, notices, steps, requests, schedules, observations, candidates }
  })

/** Notices as they came in, newest first, those that nothing came of among them. */
export const recentNotices = (
  db: ReadModels,
  { limit, before, state }: Page & { readonly state?: string | undefined },
) =>
  db
    .selectFrom('alert_notice')
    .selectAll()
    .select(positionOf('alerts').as('position'))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const adoptedStrategies = (db: ReadModels) =>
  db
    .selectFrom('alert_strategy')
    .selectAll()
    .select(positionOf('alerts').as('position'))
    .orderBy('name')
    .execute()
