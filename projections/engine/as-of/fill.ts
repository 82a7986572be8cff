import type { Pool } from 'pg'
import type { Position } from '#domain/shared/event.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import type { Generation } from '../control.ts'
import { handledTypes, type Projection } from '../definition.ts'
import type { EventFeed } from '../event-feed.ts'
import { schemaOfGeneration } from '../generations.ts'
import { appendOnlyTables, changingTables } from '../log-columns.ts'
import { passOver } from '../pass-over.ts'
import { createTables, type Tables } from '../table.ts'
import { liveGeneration, restoreWaypoint, waypointBefore } from '../waypoints.ts'
import type { Moment } from './moment.ts'
import { replay } from './replay.ts'

export type Filling = {
  readonly pool: Pool
  readonly feed: EventFeed
  readonly projection: Projection
  readonly schema: string
  readonly moment: Moment
  readonly progressed: (events: number) => void
}

/** Whether a generation has seen all that was in the log by a moment. */
const covers = async (
  { feed, projection, moment }: Filling,
  { checkpoint: { position, lastOccurredAt } }: Generation,
  signal: AbortSignal,
): Promise<boolean> => {
  if ('position' in moment && position !== null && position.commit >= moment.position) return true
  if ('at' in moment && lastOccurredAt !== null && epochMsOf(lastOccurredAt) > epochMsOf(moment.at))
    return true
  return !(await passOver(feed, handledTypes(projection), position, signal)).work
}

/** A table that only grows needs no replay: its past is the rows that were there by then. */
const showPast = async ({ pool, projection, schema, moment }: Filling, live: Generation): Promise<bigint> => {
  const condition = 'at' in moment ? `logged_at <= '${moment.at}'` : `log_position <= ${moment.position}`
  let last = 0n
  for (const [name, { columns }] of Object.entries(appendOnlyTables(projection.tables))) {
    const from = `from ${schemaOfGeneration(live)}.${name} where ${condition}`
    await pool.query(`create view ${schema}.${name} as select ${Object.keys(columns).join(', ')} ${from}`)
    const { rows } = await pool.query(`select coalesce(max(log_position), 0)::text as last ${from}`)
    if (BigInt(rows[0].last) > last) last = BigInt(rows[0].last)
  }
  return last
}

const replayInto = async (
  filling: Filling,
  tables: Tables,
  after: Position | null,
  signal: AbortSignal,
): Promise<bigint> => {
  if (Object.keys(tables).length === 0) return 0n
  return (await replay({ ...filling, tables, after }, signal))?.commit ?? 0n
}

/**
 * Fills a schema with a read model as of a moment; resolves with the position it then stands at. What only grows is shown
 * from the live rows, what changes is replayed from the last waypoint; where the live generation is not so far, or of
 * another version, all is replayed from the beginning.
 */
export const fillAsOf = async (filling: Filling, signal: AbortSignal): Promise<bigint> => {
  const { pool, projection, schema, moment } = filling
  const live = await liveGeneration(pool, projection)
  if (!live || !(await covers(filling, live, signal))) {
    await pool.query(createTables(schema, projection.tables, 'unlogged table'))
    return replayInto(filling, projection.tables, null, signal)
  }
  const changing = changingTables(projection.tables)
  await pool.query(createTables(schema, changing, 'unlogged table'))
  const shown = await showPast(filling, live)
  const waypoint = await waypointBefore(pool, live, moment)
  await restoreWaypoint(pool, projection, schema, waypoint)
  const replayed = await replayInto(filling, changing, waypoint.position, signal)
  return replayed > shown ? replayed : shown
}
