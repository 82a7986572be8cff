import type { ClientBase, Pool } from 'pg'

const prefix = 'noctuary_as_of'
const lockOf = "(hashtext('noctuary.as-of'), $1)"

/** The right to snapshot schemas of one's own; `lost` once Postgres no longer knows of it. */
export type Owner = {
  readonly id: number
  readonly lost: AbortSignal
  schema(n: number): string
  end(): void
}

/** Drops what programs left behind that are no more: their locks went with them. */
const clean = async (client: ClientBase): Promise<void> => {
  const { rows } = await client.query(
    `select nspname, split_part(nspname, '_', 4)::int as owner from pg_namespace where nspname ~ '^${prefix}_\\d+_\\d+$'`,
  )
  for (const { nspname, owner } of rows) {
    const { rows: taken } = await client.query(`select pg_try_advisory_lock${lockOf} as taken`, [owner])
    if (!taken[0].taken) continue
    await client.query(`drop schema if exists ${nspname} cascade`)
    await client.query(`select pg_advisory_unlock${lockOf}`, [owner])
  }
}

/** A number that no living program has. */
const claim = async (client: ClientBase): Promise<number> => {
  const { rows } = await client.query(
    `select id from generate_series(1, 1000) id where pg_try_advisory_lock(hashtext('noctuary.as-of'), id) limit 1`,
  )
  return rows[0].id
}

/** Takes a place for snapshots, and clears those of programs that died. */
export const ownSnapshots = async (pool: Pool): Promise<Owner> => {
  const client = await pool.connect()
  const lost = new AbortController()
  const end = () => {
    if (lost.signal.aborted) return
    lost.abort(new Error('the connection that held the snapshots is lost'))
    client.release(true)
  }
  client.once('end', end).on('error', end)
  try {
    await clean(client)
    const id = await claim(client)
    return { id, lost: lost.signal, schema: (n) => `${prefix}_${id}_${n}`, end }
  } catch (error) {
    end()
    throw error
  }
}
