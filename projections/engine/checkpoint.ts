import type { ClientBase, Pool } from 'pg'
import type { Position } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'
import { type Projection, schemaOf } from './definition.ts'
import { createTable } from './table.ts'
import { inTransaction } from './transaction.ts'

/** How far a version of a projection has come. Written in the transaction of the rows it speaks of. */
export type Checkpoint = {
  /** Null before the first event. */
  readonly position: Position | null
  readonly events: number
  readonly lastOccurredAt: Instant | null
}

/** Another runner moved the checkpoint: this one no longer has the lease, whatever it believes. */
export class CheckpointMoved extends Error {
  constructor(projection: string) {
    super(`another runner advanced ${projection}`)
    this.name = 'CheckpointMoved'
  }
}

/** Any number that no other program takes in this database: makes the set-up of two processes take turns. */
const setUpLock = 7_316_002

const engineTables = `
  create schema if not exists noctuary;
  create table if not exists noctuary.projection (
    name text not null,
    version integer not null,
    live boolean not null default false,
    commit_position bigint,
    prepare_position bigint,
    events bigint not null default 0,
    last_occurred_at timestamptz,
    primary key (name, version)
  )`

const show = async (client: ClientBase, projection: Projection): Promise<void> => {
  for (const table of Object.keys(projection.tables)) {
    await client.query(`drop view if exists public.${table}`)
    await client.query(`create view public.${table} as select * from ${schemaOf(projection)}.${table}`)
  }
  await client.query('update noctuary.projection set live = (version = $2) where name = $1', [
    projection.name,
    projection.version,
  ])
}

const create = async (client: ClientBase, projection: Projection): Promise<void> => {
  const schema = schemaOf(projection)
  await client.query('delete from noctuary.projection where name = $1 and version = $2', [
    projection.name,
    projection.version,
  ])
  await client.query(`create schema ${schema}`)
  for (const [table, definition] of Object.entries(projection.tables)) {
    for (const statement of createTable(schema, table, definition)) await client.query(statement)
  }
  await client.query('insert into noctuary.projection (name, version) values ($1, $2)', [
    projection.name,
    projection.version,
  ])
}

/**
 * Makes what is missing of a projection's version: its tables, its checkpoint, and the readers' views if there are none.
 * A schema that somebody dropped is made anew and filled from the beginning.
 */
export const setUp = (pool: Pool, projection: Projection): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [setUpLock])
    await client.query(engineTables)
    const { rows: schemas } = await client.query('select to_regnamespace($1) as found', [
      schemaOf(projection),
    ])
    if (schemas[0].found === null) await create(client, projection)
    const { rows } = await client.query('select 1 from noctuary.projection where name = $1 and live', [
      projection.name,
    ])
    if (rows.length === 0) await show(client, projection)
  })

/** Turns the readers to this version, in one transaction, if they look at another. */
export const goLive = (pool: Pool, projection: Projection): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { name, version } = projection
    const { rows } = await client.query(
      'select live from noctuary.projection where name = $1 and version = $2',
      [name, version],
    )
    if (rows[0]?.live === false) await show(client, projection)
  })

export const readCheckpoint = async (pool: Pool, { name, version }: Projection): Promise<Checkpoint> => {
  const { rows } = await pool.query(
    `select commit_position::text, prepare_position::text, events, last_occurred_at
     from noctuary.projection where name = $1 and version = $2`,
    [name, version],
  )
  const row = rows[0]
  if (!row) throw new Error(`${name} version ${version} has no checkpoint; it was not set up`)
  const { commit_position, prepare_position } = row
  return {
    position:
      commit_position === null
        ? null
        : { commit: BigInt(commit_position), prepare: BigInt(prepare_position) },
    events: Number(row.events),
    lastOccurredAt: row.last_occurred_at,
  }
}

/** Moves the checkpoint within the caller's transaction; fails with {@link CheckpointMoved} unless it stands at `from`. */
export const advance = async (
  client: ClientBase,
  { name, version }: Projection,
  from: Checkpoint,
  to: Checkpoint,
): Promise<void> => {
  const { rowCount } = await client.query(
    `update noctuary.projection
     set commit_position = $4, prepare_position = $5, events = $6, last_occurred_at = $7
     where name = $1 and version = $2 and commit_position is not distinct from $3`,
    [
      name,
      version,
      from.position?.commit,
      to.position?.commit,
      to.position?.prepare,
      to.events,
      to.lastOccurredAt,
    ],
  )
  if (rowCount !== 1) throw new CheckpointMoved(name)
}
