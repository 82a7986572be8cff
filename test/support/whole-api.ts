import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { systemClock } from '#adapters/clock.ts'
import { payloadFolder } from '#adapters/payload-folder.ts'
import { readNotice } from '#adapters/read-notice.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { accountsOn } from '#api/auth/accounts.ts'
import { openDirectory } from '#api/auth/directory.ts'
import { healthOf } from '#api/health.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { whatIfOn } from '#api/http/what-if.ts'
import { Hub } from '#api/live/hub.ts'
import { peopleOn } from '#api/people.ts'
import { Registry } from '#commands/agents/registry.ts'
import { makeReceiveNotice } from '#commands/alerts/receive-notice.ts'
import { requestDeviceCommand } from '#commands/devices/request-command.ts'
import { nightCourse } from '#commands/night/course.ts'
import { operationsOn } from '#commands/operation/operations.ts'
import { requestDesk } from '#commands/requests/request-desk.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { colibri } from '#domain/requests/instrument.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { projections } from '#projections/catalogue.ts'
import { readModels } from '#projections/read-database.ts'
import { localAccess } from './access.ts'
import { freshEventStore } from './event-store.ts'
import { freshDatabase } from './postgres.ts'

type RouteLine = { readonly route?: string; readonly right?: string }

/** Every route there is, on a real log and a real database; nothing is projected and nothing observes. */
export const wholeApi = async ({ demo = false } = {}) => {
  await using starting = new AsyncDisposableStack()
  const log = starting.use(await freshEventStore())
  const { store } = log
  const { pool, url: databaseUrl } = starting.use(await freshDatabase())
  const dataDir = await mkdtemp(path.join(tmpdir(), 'noctuary-api-'))
  starting.defer(() => rm(dataDir, { recursive: true, force: true }))
  const clock = new VirtualClock(epochMsOf('2026-11-21T04:00:00.000Z'))
  const people = peopleOn(store, pool, site.id)
  const directory = starting.use(openDirectory(store, systemClock))
  const accounts = accountsOn({ ...people, store, directory, clock, site })
  const receive = makeReceiveNotice({ store, read: readNotice, payloads: payloadFolder(dataDir), site })
  const hub = new Hub({ feed: store, clock, say: () => {} })
  starting.defer(() => hub.stop())
  await hub.log.begun
  const routes: RouteLine[] = []
  const server = await makeServer({
    access: { ...localAccess, demo, accounts },
    trustedProxies: ['127.0.0.1'],
    db: readModels(pool),
    projections: { pool, projections },
    people,
    noticeSink: receive,
    alerts: { store, receive },
    judgeAnew: whatIfOn(store, site.id, safetyRules()),
    requests: {
      desk: requestDesk({ store, observatory: { site, instrument: colibri } }),
      instrument: colibri,
    },
    orderDevice: requestDeviceCommand({ store, site }),
    commandNight: nightCourse(store, site.id),
    dataDir,
    operation: {
      record: operationsOn(store, site.id),
      statuses: () => [],
      orders: new Map(),
      askPlc: async () => ({ address: 'nowhere', answer: null, trouble: 'there is no PLC here' }),
      pretendRain: async () => {},
    },
    about: { rules: safetyRules(), simulated: true },
    site,
    events: store,
    store,
    clock,
    health: async () => healthOf([], [], systemClock),
    live: {
      ...{ hub, feed: store, models: projections.map(({ name }) => name) },
      requests: { ask: async () => null, isConnected: async () => false },
    },
    graph: () => new Registry(systemClock).graph(),
    metrics: makeMetrics(),
    logger: pino({ level: 'debug' }, { write: (line) => void routes.push(JSON.parse(line)) }),
  })
  starting.defer(() => server.close())
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const stack = starting.move()
  return {
    ...{ url, log, store, pool, databaseUrl, clock, people, accounts, directory, server, hub },
    /** `GET /api/…` and its right, as the server says when it starts. */
    routes: routes.flatMap(({ route, right }) =>
      route !== undefined && right !== undefined && !route.startsWith('HEAD ')
        ? [[route, right] as const]
        : [],
    ),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
