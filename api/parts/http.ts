import type { Pool } from 'pg'
import { pino } from 'pino'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { accountsOn } from '#api/auth/accounts.ts'
import { isDemo, isOnLoopback } from '#api/auth/demo.ts'
import { openDirectory } from '#api/auth/directory.ts'
import { layLocalToken } from '#api/auth/local-token.ts'
import { registerDemoPeople } from '#api/demo-people.ts'
import { healthOf } from '#api/health.ts'
import type { Metrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { whatIfOn } from '#api/http/what-if.ts'
import { type People, peopleOn } from '#api/people.ts'
import type { ReceiveNotice } from '#commands/alerts/receive-notice.ts'
import { requestDeviceCommand } from '#commands/devices/request-command.ts'
import { nightCourse } from '#commands/night/course.ts'
import { requestDesk } from '#commands/requests/request-desk.ts'
import { colibri } from '#domain/requests/instrument.ts'
import { instantOf } from '#domain/shared/time.ts'
import { projections } from '#projections/catalogue.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'
import { readModels } from '#projections/read-database.ts'
import { openConsole } from './console.ts'
import type { House } from './house.ts'
import { startLive } from './live.ts'
import { operationOf } from './operation.ts'

type ApiParts = {
  readonly store: OpenEventStore
  readonly pool: Pool
  readonly receive: ReceiveNotice
  readonly metrics: Metrics
  readonly projections: () => readonly ProjectionStatus[]
}

/** Whoever tries a simulated observatory on this machine is known there from the start. */
const welcome = async (house: House, store: OpenEventStore, people: People): Promise<void> => {
  const { config, clock, say, simulated } = house
  if (!simulated || !isOnLoopback(config)) return
  const parts = { feed: store, people, site: config.SITE, at: instantOf(clock.now()) }
  try {
    if (await registerDemoPeople(parts)) say('nobody was known here: registered user local, programme demo')
  } catch (error) {
    // Nobody needs them who has users of their own.
    say(`user local and programme demo could not be registered: ${error}`)
  }
}

/** Who is let in, by what: the log, the database, and the data folder. */
const accessTo = async (house: House, store: OpenEventStore, people: People) => {
  const { config, clock } = house
  const directory = openDirectory(store, clock)
  house.atEnd(() => directory[Symbol.asyncDispose]())
  const token = await layLocalToken(config.DATA_DIR)
  house.atEnd(token.remove)
  const accounts = accountsOn({ ...people, store, directory, clock, site: config.SITE })
  return { demo: isDemo(config), localKey: token.key, accounts }
}

type Letting = Awaited<ReturnType<typeof accessTo>>

/** Tells whoever started it how to get in. */
const tellWay = async ({ say }: House, { demo, accounts }: Letting, url: string): Promise<void> => {
  if (demo) say('everybody on this machine may look without signing in (NOCTUARY_DEMO=off ends that)')
  try {
    if (await accounts.credentials.anyPassword()) return
    const code = accounts.firstAdmin.issue()
    say(`nobody can sign in yet; the first admin, once: ${url}/sign-in#first-admin=${code}`)
  } catch (error) {
    say(`whether anybody can sign in is not known: ${error}`)
  }
}

/** The HTTP API, wired to the log and the read models, listening. */
export const startApi = async (
  house: House,
  { store, pool, receive, metrics, projections: statuses }: ApiParts,
): Promise<void> => {
  const { config, clock } = house
  const { HOST, PORT, LOG_LEVEL, SITE, SAFETY_LIMITS, DATA_DIR } = config
  const people = peopleOn(store, pool, SITE.id)
  await welcome(house, store, people)
  const asOf = new AsOf({ pool, feed: store, clock, projections })
  house.atEnd(() => asOf.close())
  const access = await accessTo(house, store, people)
  const live = await startLive(house, store, pool)
  const server = await makeServer({
    access,
    trustedProxies: config.TRUSTED_PROXIES,
    db: readModels(pool),
    asOf,
    projections: { pool, projections },
    people,
    noticeSink: receive,
    alerts: { store, receive },
    judgeAnew: whatIfOn(store, SITE.id, SAFETY_LIMITS),
    requests: {
      desk: requestDesk({ store, observatory: { site: SITE, instrument: colibri } }),
      instrument: colibri,
    },
    orderDevice: requestDeviceCommand({ store, site: SITE }),
    commandNight: nightCourse(store, SITE.id),
    dataDir: DATA_DIR,
    site: SITE,
    operation: operationOf(house, store),
    about: { rules: SAFETY_LIMITS, simulated: house.simulated },
    events: store,
    store,
    clock,
    health: async () => healthOf(house.statuses(), statuses(), clock),
    live,
    graph: () => house.registry.graph(),
    metrics,
    logger: pino({ level: LOG_LEVEL }, pino.destination({ dest: 2, sync: false })),
  })
  house.atEnd(() => server.close())
  await openConsole(house, { store, pool, live })
  const url = await server.listen({ host: HOST, port: PORT })
  house.addresses.set('api', url)
  await tellWay(house, access, url)
}
