import type { ClientBase, Pool } from 'pg'

/** Runs `work` in one transaction: all of it is there afterwards, or nothing. A broken connection is thrown away. */
export const inTransaction = async <T>(
  pool: Pool,
  work: (client: ClientBase) => Promise<T>,
  begin = 'begin',
): Promise<T> => {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(begin)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}
