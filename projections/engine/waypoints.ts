import type { ClientBase, Pool } from 'pg'
import type { Position } from '#domain/shared/event.ts'
import { type Checkpoint, type Generation, readGenerations } from './control.ts'
import type { Projection } from './definition.ts'
import { schemaOfGeneration } from './generations.ts'
import { changingTables } from './log-columns.ts'

/** So many events lie between two waypoints; what is replayed for an answer about the past is these and one write at the most. */
const eventsBetween = 2_000

/** Beyond so many rows a waypoint would cost more than it saves. */
const mostRows = 10_000

/** The rows of tables that change, as they stood at a position: a replay of the past begins there. */
export type Waypoint = {
  readonly position: Position | null
  readonly rows: Readonly<Record<string, unknown>>
}

export const isDue = (from: Checkpoint, to: Checkpoint): boolean =>
  Math.floor(from.events / eventsBetween) < Math.floor(to.events / eventsBetween)

/** Keeps a generation's changing rows as they stand, in the transaction that made them so. */
export const keepWaypoint = async (
  client: ClientBase,
  projection: Projection,
  generation: Generation,
  { position, lastOccurredAt }: Checkpoint,
): Promise<void> => {
  const tables = Object.keys(changingTables(projection.tables))
  if (tables.length === 0 || position === null) return
  const schema = schemaOfGeneration(generation)
  const counts = tables.map((table) => `(select count(*) from ${schema}.${table})`).join(' + ')
  const rows = tables.map(
    (table) => `'${table}', (select coalesce(jsonb_agg(r), '[]') from ${schema}.${table} r)`,
  )
  await client.query(
    `insert into noctuary.waypoint (name, generation, commit_position, prepare_position, occurred_at, rows)
     select $1, $2, $3, $4, $5, jsonb_build_object(${rows.join(', ')}) where ${counts} <= ${mostRows}
     on conflict do nothing`,
    [generation.name, generation.generation, position.commit, position.prepare, lastOccurredAt],
  )
}

/** The last waypoint of a generation up to a moment; the beginning if there is none. */
export const waypointBefore = async (
  pool: Pool,
  { name, generation }: Generation,
  moment: { readonly at: string } | { readonly position: bigint },
): Promise<Waypoint> => {
  const [condition, value] =
    'at' in moment ? ['occurred_at <= $3', moment.at] : ['commit_position <= $3', moment.position]
  const { rows } = await pool.query(
    `select commit_position::text, prepare_position::text, rows from noctuary.waypoint
     where name = $1 and generation = $2 and ${condition} order by commit_position desc limit 1`,
    [name, generation, value],
  )
  const row = rows[0]
  if (!row) return { position: null, rows: {} }
  return {
    position: { commit: BigInt(row.commit_position), prepare: BigInt(row.prepare_position) },
    rows: row.rows,
  }
}

// A null of JSON comes back as a null of SQL, which a column of JSON never holds.
const selected = ([column, type]: [string, string]): string =>
  type.startsWith('json') ? `coalesce(${column}, 'null')` : column

/** Puts a waypoint's rows into the tables of a schema. */
export const restoreWaypoint = async (
  pool: Pool,
  projection: Projection,
  schema: string,
  { rows }: Waypoint,
): Promise<void> => {
  for (const [table, { columns }] of Object.entries(changingTables(projection.tables))) {
    if (rows[table] === undefined) continue
    await pool.query(
      `insert into ${schema}.${table} select ${Object.entries(columns).map(selected).join(', ')} from jsonb_populate_recordset(null::${schema}.${table}, $1)`,
      [JSON.stringify(rows[table])],
    )
  }
}

/** The live generation of a read model, if it was filled by this version. */
export const liveGeneration = async (
  pool: Pool,
  { name, version }: Projection,
): Promise<Generation | null> => {
  const { rows } = await pool.query(`select to_regclass('noctuary.generation') as found`)
  if (rows[0].found === null) return null
  const known = await readGenerations(pool, [name])
  return known.find((one) => one.role === 'live' && one.version === version) ?? null
}
