import { Client, escapeIdentifier } from 'pg'
import { lockDataDir } from '../../data-dir-lock.ts'
import { findBinaries } from './binaries.ts'
import { type ClusterFolder, ensureCluster, openClusterFolder, superuser } from './cluster.ts'
import { chooseRunAs } from './run-as.ts'
import { type ServerExit, startServer } from './server.ts'
import { clearStaleLock } from './stale-lock.ts'

export type EmbeddedPostgresOptions = {
  dataDir: string
  /** A free one by default. */
  port?: number
  /** Whether a committed transaction survives a power cut. */
  durable?: boolean
  log?: (line: string) => void
}

export type EmbeddedPostgres = {
  /** Holds the password: never log it. */
  url(database?: string): string
  port: number
  pid: number
  /** Settles when the server ends, by `stop` or by itself. */
  exited: Promise<ServerExit>
  stop(): Promise<void>
}

const defaultDatabase = 'noctuary'

const ensureDatabase = async (url: string, name: string) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

const launch = async (folder: ClusterFolder, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const { port, durable = true, log = () => {} } = options
  const binaries = await findBinaries()
  const runAs = await chooseRunAs(binaries.postgres)
  await clearStaleLock(folder.pgdata, log)
  const password = await ensureCluster(folder, binaries, runAs, durable)
  const { postgres } = binaries
  const server = await startServer({ postgres, runAs, pgdata: folder.pgdata, port, durable, log })
  const url = (database = defaultDatabase) =>
    `postgres://${superuser}:${password}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`
  try {
    await ensureDatabase(url('postgres'), defaultDatabase)
  } catch (error) {
    await server.stop()
    throw error
  }
  return { ...server, url }
}

/**
 * Starts a Postgres of our own in `dataDir`, as root or as an ordinary user, and sees to the database `noctuary`. A
 * server or a program killed at any moment recovers at the next start. It ends with the thread that started it.
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const folder = await openClusterFolder(options.dataDir)
  const lock = await lockDataDir(folder.root, 'postgres')
  try {
    const running = await launch(folder, options)
    const released = running.exited.then(() => lock.release())
    return { ...running, stop: () => running.stop().then(() => released) }
  } catch (error) {
    await lock.release()
    throw error
  }
}
