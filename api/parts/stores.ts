import type { Pool } from 'pg'
import { lockDataDir } from '#adapters/data-dir-lock.ts'
import { type OpenEventStore, openEventStore } from '#adapters/eventstore/event-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { noteEventStore } from '#api/address-file.ts'
import { agentSenders } from '#domain/live/directory.ts'
import { AddressMissing, withoutPassword } from './addresses.ts'
import type { House } from './house.ts'
import { usersOfTheLog } from './part-names.ts'
import { processIds } from './process-task.ts'
import { projectionIds } from './projections.ts'
import { superviseEventStore, supervisePostgres } from './servers.ts'
import { watch } from './watch.ts'

/** Each server also locks its own folder; this lock refuses a second start before anything else is tried. */
export const lockWhole = async (house: House): Promise<void> => {
  const { EVENTSTORE_URL, DATABASE_URL, DATA_DIR } = house.config
  const whole = house.has('eventstore') && !EVENTSTORE_URL && house.has('postgres') && !DATABASE_URL
  if (!whole) return
  const lock = await lockDataDir(DATA_DIR)
  house.atEnd(() => lock.release())
}

/** Where the log flows to, in the running graph. */
const logReaders = [...projectionIds, ...processIds, ...agentSenders, 'live']

/** The log, ours or somebody's; null where nothing here needs it. */
export const openLog = async (house: House): Promise<OpenEventStore | null> => {
  const given = house.config.EVENTSTORE_URL
  const used = usersOfTheLog.some((part) => house.has(part))
  const server =
    !given && house.has('eventstore')
      ? house.add(await superviseEventStore(house.surroundings), logReaders)
      : null
  const url = given ?? (await server?.first)?.url
  if (!url) {
    if (used) throw new AddressMissing('eventstore', 'EVENTSTORE_URL')
    return null
  }
  house.addresses.set('eventstore', withoutPassword(url))
  if (server) house.atEnd(await noteEventStore(house.config.DATA_DIR, url))
  if (!used) return null
  const store = openEventStore(url)
  house.atEnd(() => store.close())
  if (!server)
    house.add(
      watch('event store', () => store.ping(), withoutPassword(url), house.clock),
      logReaders,
    )
  return store
}

export type Database = { readonly url: string; readonly pool: Pool }

/** The read models' database, ours or somebody's; null where nothing here needs it. */
export const openDatabase = async (house: House): Promise<Database | null> => {
  const given = house.config.DATABASE_URL
  const used = house.has('projections') || house.has('api')
  const server =
    !given && house.has('postgres') ? house.add(await supervisePostgres(house.surroundings)) : null
  const url = given ?? (await server?.first)?.url()
  if (!url) {
    if (used) throw new AddressMissing('postgres', 'DATABASE_URL')
    return null
  }
  house.addresses.set('postgres', withoutPassword(url))
  if (!used) return null
  const pool = openPool(url)
  house.atEnd(() => pool.end())
  const ask = async () => void (await pool.query('select 1'))
  if (!server) house.add(watch('Postgres', ask, withoutPassword(url), house.clock))
  return { url, pool }
}
