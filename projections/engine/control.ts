import type { ClientBase, Pool } from 'pg'
import type { Position } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'

/** How far a generation has come. Written in the transaction of the rows it speaks of. */
export type Checkpoint = {
  /** Null before the first event. */
  readonly position: Position | null
  readonly events: number
  readonly lastOccurredAt: Instant | null
}

export const beginning: Checkpoint = { position: null, events: 0, lastOccurredAt: null }

/**
 * `building`: filled beside the live one. `live`: what readers see. `old`: was live until the last swap, stands still.
 * `dropped`: its tables are gone, its story is kept.
 */
export type Role = 'building' | 'live' | 'old' | 'dropped'

/** One filling of a read model's tables: a version may have many. */
export type Generation = {
  readonly name: string
  readonly generation: number
  readonly version: number
  readonly role: Role
  readonly paused: boolean
  /** Raised by a person's retry. */
  readonly attempt: number
  /** A rebuild compares itself with the live one before the swap; a rollback does not. */
  readonly origin: 'first' | 'rebuild' | 'rollback'
  readonly checkpoint: Checkpoint
}

/** Whatever is shared by all programs on one database: which generations there are, and who said what of them last. */
const controlTables = `
  create schema if not exists noctuary;
  create table if not exists noctuary.generation (
    name text not null,
    generation integer not null,
    version integer not null,
    role text not null,
    origin text not null,
    paused boolean not null default false,
    hold boolean not null default false,
    attempt integer not null default 0,
    commit_position bigint,
    prepare_position bigint,
    events bigint not null default 0,
    last_occurred_at timestamptz,
    outcome text,
    comparison jsonb,
    begun_at timestamptz not null default now(),
    ended_at timestamptz,
    primary key (name, generation)
  );
  create unique index if not exists generation_role on noctuary.generation (name, role) where role <> 'dropped';
  create table if not exists noctuary.report (
    name text not null,
    generation integer not null,
    state text not null,
    error text,
    head_position bigint,
    standing_since timestamptz,
    rate double precision,
    reported_at timestamptz not null default now(),
    primary key (name, generation)
  );
  create table if not exists noctuary.waypoint (
    name text not null,
    generation integer not null,
    commit_position bigint not null,
    prepare_position bigint not null,
    occurred_at timestamptz,
    rows jsonb not null,
    primary key (name, generation, commit_position)
  );
  create or replace view public.read_model_position as
    select name, commit_position from noctuary.generation where role = 'live'`

/** Any number that no other program takes in this database: makes the set-up of two processes take turns. */
const setUpLock = 7_316_002

/** Held to the end of the caller's transaction: generations come and go one at a time. */
export const lockControl = (client: ClientBase): Promise<unknown> =>
  client.query('select pg_advisory_xact_lock($1)', [setUpLock])

export const createControlTables = async (client: ClientBase): Promise<void> => {
  await lockControl(client)
  await client.query(controlTables)
}

const channel = 'noctuary_projections'

/** Wakes every program that runs projections, once the caller's transaction is committed. */
export const tellRunners = (client: ClientBase | Pool): Promise<unknown> =>
  client.query(`select pg_notify('${channel}', '')`)

export const listenToRunners = (client: ClientBase): Promise<unknown> => client.query(`listen ${channel}`)

const columns = `name, generation, version, role, origin, paused, attempt,
  commit_position::text, prepare_position::text, events, last_occurred_at`

const positionFrom = (commit: string | null, prepare: string | null): Position | null =>
  commit === null || prepare === null ? null : { commit: BigInt(commit), prepare: BigInt(prepare) }

type Row = Omit<Generation, 'checkpoint'> & {
  commit_position: string | null
  prepare_position: string | null
  events: number
  last_occurred_at: Instant | null
}

const generationFrom = ({
  commit_position,
  prepare_position,
  events,
  last_occurred_at,
  ...row
}: Row): Generation => ({
  ...row,
  checkpoint: {
    position: positionFrom(commit_position, prepare_position),
    events,
    lastOccurredAt: last_occurred_at,
  },
})

/** All generations that have tables, the oldest first. */
export const readGenerations = async (
  client: ClientBase | Pool,
  names: readonly string[],
): Promise<Generation[]> => {
  const { rows } = await client.query<Row>(
    `select ${columns} from noctuary.generation where name = any($1) and role <> 'dropped' order by name, generation`,
    [names],
  )
  return rows.map(generationFrom)
}

/** One generation as it stands; null if its tables are gone. With `lock` nobody moves it until the transaction ends. */
export const readGeneration = async (
  client: ClientBase | Pool,
  { name, generation }: Pick<Generation, 'name' | 'generation'>,
  lock = false,
): Promise<Generation | null> => {
  const { rows } = await client.query<Row>(
    `select ${columns} from noctuary.generation where name = $1 and generation = $2 and role <> 'dropped'${lock ? ' for update' : ''}`,
    [name, generation],
  )
  return rows[0] ? generationFrom(rows[0]) : null
}
