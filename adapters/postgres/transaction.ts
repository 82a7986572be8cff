import type { Pool, PoolClient } from 'pg'

/** All of `work` or nothing of it. */
export const inTransaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const done = await work(client)
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback').catch((cause) => {
      broken = cause
    })
    throw error
  } finally {
    // A connection that cannot even roll back goes, and with it what it held.
    client.release(broken)
  }
}
