import type { ClientBase, Pool } from 'pg'
import { createControlTables, type Generation, lockControl, readGenerations, tellRunners } from './control.ts'
import { type Projection, schemaOf } from './definition.ts'
import { storedTables } from './log-columns.ts'
import { showLive } from './show-live.ts'
import { createSchema } from './table.ts'
import { inTransaction } from './transaction.ts'

/** What was asked of a read model cannot be done as it stands; `code` is for programs. */
export class NotPossible extends Error {
  readonly code:
    | 'rebuild_running'
    | 'no_rebuild'
    | 'nothing_to_roll_back'
    | 'nothing_stopped'
    | 'nothing_to_drop'
  constructor(code: NotPossible['code'], message: string) {
    super(message)
    this.name = 'NotPossible'
    this.code = code
  }
}

export const schemaOfGeneration = ({ name, version, generation }: Generation): string =>
  schemaOf(name, version, generation)

const add = async (
  client: ClientBase,
  { name, version, tables }: Projection,
  role: 'live' | 'building',
): Promise<number> => {
  const { rows } = await client.query(
    `insert into noctuary.generation (name, generation, version, role, origin)
     select $1::text, coalesce(max(generation), 0) + 1, $2, $3, $4 from noctuary.generation where name = $1
     returning generation`,
    [name, version, role, role === 'live' ? 'first' : 'rebuild'],
  )
  const { generation } = rows[0]
  await client.query(createSchema(schemaOf(name, version, generation), storedTables(tables)))
  return generation
}

const forgetWaypoints = (client: ClientBase, { name, generation }: Generation) =>
  client.query('delete from noctuary.waypoint where name = $1 and generation = $2', [name, generation])

export const drop = async (client: ClientBase, generation: Generation, outcome: string): Promise<void> => {
  await client.query(
    `update noctuary.generation set role = 'dropped', outcome = $3, ended_at = now()
     where name = $1 and generation = $2`,
    [generation.name, generation.generation, outcome],
  )
  await client.query(`drop schema if exists ${schemaOfGeneration(generation)} cascade`)
  await forgetWaypoints(client, generation)
}

/** Begins a rebuild beside the live generation; the one kept from the last rebuild goes. Within the caller's transaction. */
const begin = async (client: ClientBase, projection: Projection, known: readonly Generation[]) => {
  const building = known.find(({ role }) => role === 'building')
  if (building) {
    throw new NotPossible(
      'rebuild_running',
      `${projection.name} is being rebuilt already, as generation ${building.generation}; cancel that first`,
    )
  }
  const old = known.find(({ role }) => role === 'old')
  if (old) await drop(client, old, 'made room for another rebuild')
  return add(client, projection, 'building')
}

/** Begins a rebuild; says which generation it fills. With `hold` it waits for a person before it swaps rows that differ. */
export const beginRebuild = (pool: Pool, projection: Projection, hold = false): Promise<number> =>
  inTransaction(pool, async (client) => {
    await createControlTables(client)
    const known = await readGenerations(client, [projection.name])
    if (known.length === 0) await first(client, projection)
    const generation = await begin(client, projection, known)
    await client.query('update noctuary.generation set hold = $3 where name = $1 and generation = $2', [
      projection.name,
      generation,
      hold,
    ])
    await tellRunners(client)
    return generation
  })

const first = async (client: ClientBase, projection: Projection): Promise<void> => {
  const generation = await add(client, projection, 'live')
  await showLive(client, schemaOf(projection.name, projection.version, generation))
}

/** A schema that somebody dropped is made anew, to be filled from the beginning. */
const mend = async (client: ClientBase, projection: Projection, generation: Generation): Promise<void> => {
  const schema = schemaOfGeneration(generation)
  const { rows } = await client.query('select to_regnamespace($1) as found', [schema])
  if (rows[0].found !== null) return
  await client.query(createSchema(schema, storedTables(projection.tables)))
  await client.query(
    `update noctuary.generation
     set commit_position = null, prepare_position = null, events = 0, last_occurred_at = null
     where name = $1 and generation = $2`,
    [generation.name, generation.generation],
  )
  await forgetWaypoints(client, generation)
  if (generation.role === 'live') await showLive(client, schema)
}

const ensure = async (client: ClientBase, projection: Projection): Promise<void> => {
  const known = await readGenerations(client, [projection.name])
  const live = known.find(({ role }) => role === 'live')
  if (!live) return first(client, projection)
  for (const generation of known) {
    if (generation.version === projection.version) await mend(client, projection, generation)
  }
  // After a rollback the newer version is there as `old`: a person did not want it.
  if (live.version >= projection.version || known.some(({ version }) => version === projection.version))
    return
  const building = known.find(({ role }) => role === 'building')
  if (building && building.version > projection.version) return
  if (building) await drop(client, building, `version ${projection.version} is out`)
  await begin(
    client,
    projection,
    known.filter((generation) => generation !== building),
  )
}

/**
 * Makes what is missing: the control tables, a first generation, one of a new version beside the live one of an older.
 * Never touches what a newer program made.
 */
export const setUp = (pool: Pool, projections: readonly Projection[]): Promise<void> =>
  inTransaction(pool, async (client) => {
    await createControlTables(client)
    for (const projection of projections) await ensure(client, projection)
  })

/** Runs `change` on a read model's generations, one at a time, and tells the runners. */
export const changeGenerations = <T>(
  pool: Pool,
  name: string,
  change: (client: ClientBase, known: readonly Generation[]) => Promise<T>,
): Promise<T> =>
  inTransaction(pool, async (client) => {
    await lockControl(client)
    const result = await change(client, await readGenerations(client, [name]))
    await tellRunners(client)
    return result
  })
