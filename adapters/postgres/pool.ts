import { Pool } from 'pg'
import { typeParsers } from './type-parsers.ts'

export type PoolOptions = {
  /** Most connections at a time. */
  max?: number
  /** Shown in `pg_stat_activity`. */
  applicationName?: string
  /** Told when the server ends a connection that nobody is using; the pool opens another when one is needed. */
  onError?: (error: Error) => void
}

/** Connections that read instants as ISO text in UTC, dates as text, and int8 as numbers (see `type-parsers.ts`). */
export const openPool = (url: string, options: PoolOptions = {}): Pool => {
  const { max = 10, applicationName = 'noctuary', onError = () => {} } = options
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: typeParsers(),
  })
  // Without a listener a server that stops would take the program with it.
  pool.on('error', onError)
  // The pool listens to idle connections only; one in use that breaks tells its query, and would also end the program.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
