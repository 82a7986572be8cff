import type { Pool } from 'pg'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { ConsoleTaken, startConsole } from '#api/console/server.ts'
import { requestDeviceCommand } from '#commands/devices/request-command.ts'
import { nightCourse } from '#commands/night/course.ts'
import { readModels } from '#projections/read-database.ts'
import type { House } from './house.ts'
import type { RunningLive } from './live.ts'

/** The console of this observatory, for who owns its data folder. Without it everything else runs all the same. */
export const openConsole = async (
  house: House,
  { store, pool, live }: { store: OpenEventStore; pool: Pool; live: RunningLive },
): Promise<void> => {
  const { config, clock, registry, say } = house
  const { SITE: site, DATA_DIR } = config
  try {
    const { close } = await startConsole(DATA_DIR, {
      store,
      events: store,
      pool,
      db: readModels(pool),
      hub: live.hub,
      graph: () => registry.graph(),
      clock,
      site,
      commandNight: nightCourse(store, site.id),
      orderDevice: requestDeviceCommand({ store, site }),
      ask: live.requests.ask,
    })
    house.atEnd(close)
  } catch (error) {
    if (!(error instanceof ConsoleTaken)) throw error
    say(`no console here: ${error.message}`)
  }
}
