import { sql } from 'kysely'
import type { Pool } from 'pg'
import { systemClock } from '#adapters/clock.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Projection } from '#projections/engine/definition.ts'
import type { EventFeed } from '#projections/engine/event-feed.ts'
import { runProjections } from '#projections/engine/runner.ts'
import { Signal } from '#projections/engine/signal.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'
import { type ReadModels, readModels } from '#projections/read-database.ts'

type Options = { pool: Pool; feed: EventFeed; clock?: Clock }

/** Projections running in this process, with what they said of themselves. */
export const startRunning = (
  projections: readonly Projection[],
  { pool, feed, clock = systemClock }: Options,
) => {
  const stopping = new AbortController()
  const said: ProjectionStatus[] = []
  const spoke = new Signal()
  const onStatus = (status: ProjectionStatus) => {
    said.push(status)
    spoke.fire()
  }
  const running = runProjections(projections, { pool, feed, clock, onStatus }, stopping.signal)
  const stop = async () => {
    stopping.abort()
    await running
  }
  return {
    said,
    /** The newest status of a read model's live generation. */
    of: (name: string) => said.findLast((status) => status.name === name && status.role === 'live'),
    /** Resolves with the first status, from now on or in the past, that is as wanted. */
    until: async (wanted: (status: ProjectionStatus) => boolean, from = 0): Promise<ProjectionStatus> => {
      for (let next = from; ; next++) {
        while (next >= said.length) await spoke.changed()
        const status = said[next]
        if (status && wanted(status)) return status
      }
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Every table of a read model, as Postgres itself writes its rows, in the order of their keys; live, or as of a moment. */
export const rowsThrough = async (
  db: ReadModels,
  { tables }: Projection,
): Promise<Record<string, string[]>> => {
  const all: Record<string, string[]> = {}
  for (const [table, { key }] of Object.entries(tables)) {
    const order = sql.join(key.map((column) => sql.ref(column)))
    const { rows } = await sql<{
      row: string
    }>`select rows::text as row from ${sql.table(table)} rows order by ${order}`.execute(db)
    all[table] = rows.map(({ row }) => row)
  }
  return all
}

export const rowsOf = (pool: Pool, projection: Projection): Promise<Record<string, string[]>> =>
  rowsThrough(readModels(pool), projection)
