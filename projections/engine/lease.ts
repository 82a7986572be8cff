import type { Pool } from 'pg'

export type Lease = {
  /** Aborted when the lease is lost with its connection. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

/**
 * The right to run one projection: a session's advisory lock, which Postgres gives back by itself when its holder dies.
 * Null while another has it. The checkpoint's fence stays the last word: a holder cut off without noticing cannot write.
 */
export const acquireLease = async (pool: Pool, projection: string): Promise<Lease | null> => {
  const client = await pool.connect()
  const lost = new AbortController()
  client.once('error', () => lost.abort())
  client.once('end', () => lost.abort())
  const taken = await client
    .query("select pg_try_advisory_lock(hashtext('noctuary.projection'), hashtext($1)) as taken", [
      projection,
    ])
    .catch((error) => {
      client.release(true)
      throw error
    })
  if (!taken.rows[0].taken) {
    client.release()
    return null
  }
  // Closing the session gives the lock back; a pooled one would keep it.
  return { lost: lost.signal, release: async () => client.release(true) }
}
