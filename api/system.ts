import path from 'node:path'
import type { Pool } from 'pg'
import { pino } from 'pino'
import { systemClock } from '#adapters/clock.ts'
import { lockDataDir } from '#adapters/data-dir-lock.ts'
import { type OpenEventStore, openEventStore } from '#adapters/eventstore/event-store.ts'
import { payloadFolder } from '#adapters/payload-folder.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { readNotice } from '#adapters/read-notice.ts'
import { Registry } from '#commands/agents/registry.ts'
import { makeReceiveNotice, type ReceiveNotice } from '#commands/alerts/receive-notice.ts'
import { requestDeviceCommand } from '#commands/devices/request-command.ts'
import type { PollOutcome } from '#commands/environment/monitor.ts'
import { requestDesk } from '#commands/requests/request-desk.ts'
import { colibri } from '#domain/requests/instrument.ts'
import { projections } from '#projections/catalogue.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'
import { readModels } from '#projections/read-database.ts'
import { simulatedDeviceNames } from '#simulators/run-devices.ts'
import { noteEventStore } from './address-file.ts'
import type { Config } from './config.ts'
import { type Health, healthOf } from './health.ts'
import { makeMetrics } from './http/metrics.ts'
import { makeServer } from './http/server.ts'
import { whatIfOn } from './http/what-if.ts'
import { AddressMissing, withoutPassword } from './parts/addresses.ts'
import { agentMakers } from './parts/agent-makers.ts'
import { startAgents } from './parts/agents.ts'
import { startAlertManager } from './parts/alert-manager.ts'
import { startAlertPublisher } from './parts/alert-publisher.ts'
import { startAlertSources } from './parts/alert-sources.ts'
import { startDeviceAgent } from './parts/device-agents.ts'
import { placeDevices } from './parts/device-places.ts'
import { startMonitor } from './parts/monitor.ts'
import { startNightSealer } from './parts/night-sealer.ts'
import type { Part, PartStatus } from './parts/part.ts'
import { type PartName, usersOfTheLog } from './parts/part-names.ts'
import { startPlanner } from './parts/planner.ts'
import { projectionIds, startProjections } from './parts/projections.ts'
import {
  superviseAlertSimulator,
  superviseEventStore,
  supervisePlcSimulator,
  supervisePostgres,
} from './parts/servers.ts'
import { watch } from './parts/watch.ts'
import { peopleOn } from './people.ts'
import { sayings } from './sayings.ts'

export type SystemOptions = {
  readonly config: Config
  /** The simulators'. */
  readonly scenario: string
  /** What of it runs in this process; the rest is reached at the addresses in the settings. */
  readonly only: readonly PartName[]
  /** Lines for a person: what changed, nothing that repeats. */
  readonly say: (line: string) => void
}

export type RunningSystem = {
  /** Where each part is, for people: addresses without passwords. */
  readonly addresses: ReadonlyMap<PartName, string>
  stop(): Promise<void>
}

/** Starts the parts asked for, in any order they come up; what fails to start at all ends the rest and is thrown. */
export const startSystem = async (options: SystemOptions): Promise<RunningSystem> => {
  await using starting = new AsyncDisposableStack()
  const system = new System(options, starting)
  await system.start()
  const running = starting.move()
  return { addresses: system.addresses, stop: () => running.disposeAsync() }
}

class System {
  readonly addresses = new Map<PartName, string>()
  readonly #options: SystemOptions
  readonly #stack: AsyncDisposableStack
  readonly #clock = systemClock
  readonly #metrics = makeMetrics()
  readonly #registry = new Registry(this.#clock)
  readonly #statuses: (() => PartStatus)[] = []
  #databaseUrl = ''
  #projections: () => readonly ProjectionStatus[] = () => []
  /** Of the sources of notices: there are as many as the settings name. */
  #sources: () => readonly PartStatus[] = () => []

  constructor(options: SystemOptions, stack: AsyncDisposableStack) {
    this.#options = options
    this.#stack = stack
  }

  async start(): Promise<void> {
    await this.#lock()
    const [store, pool] = await Promise.all([this.#eventStore(), this.#postgres()])
    const plc = await this.#plc()
    if (store && this.#has('monitor')) this.#monitor(store, plc)
    if (store && this.#has('alerts')) await this.#alerts(store)
    if (store && this.#has('planner')) this.#planner(store)
    if (store && pool && this.#has('projections')) this.#project(store)
    if (store) await this.#agents(store)
    if (store && pool && this.#has('api')) await this.#api(store, pool)
    // Last: the API need not wait for a process that it does not ask.
    if (store) await this.#devices(store, plc)
  }

  #has(part: PartName): boolean {
    return this.#options.only.includes(part)
  }

  /** Registers a part: its status counts, and it stops with the system, last started first. */
  #add<P extends Part>(part: P, links: readonly string[] = []): P {
    const { name } = part.status()
    this.#stack.defer(this.#registry.register({ id: name, kind: 'part', links, look: part.status }))
    return this.#count(part)
  }

  #count<P extends Part>(part: P): P {
    this.#statuses.push(part.status)
    this.#stack.defer(() => part.stop())
    return part
  }

  /** Those of the agents that run in this process. */
  async #agents(store: OpenEventStore): Promise<void> {
    const { config, only, say } = this.#options
    const makers = agentMakers(only, { store, clock: this.#clock, say })
    const simulated = !config.PLC_ADDRESS
    const registry = this.#registry
    const agents = await startAgents({
      site: config.SITE,
      store,
      clock: this.#clock,
      simulated,
      makers,
      registry,
      say,
    })
    for (const agent of agents) this.#count(agent)
  }

  get #surroundings() {
    return { config: this.#options.config, clock: this.#clock, log: this.#options.say }
  }

  async #lock(): Promise<void> {
    const { EVENTSTORE_URL, DATABASE_URL, DATA_DIR } = this.#options.config
    // Each server also locks its own folder; this one refuses a second start before anything else is tried.
    const whole = this.#has('eventstore') && !EVENTSTORE_URL && this.#has('postgres') && !DATABASE_URL
    if (!whole) return
    const lock = await lockDataDir(DATA_DIR)
    this.#stack.defer(() => lock.release())
  }

  async #eventStore(): Promise<OpenEventStore | null> {
    const given = this.#options.config.EVENTSTORE_URL
    const used = usersOfTheLog.some((part) => this.#has(part))
    const server =
      !given && this.#has('eventstore')
        ? this.#add(await superviseEventStore(this.#surroundings), projectionIds)
        : null
    const url = given ?? (await server?.first)?.url
    if (!url) {
      if (used) throw new AddressMissing('eventstore', 'EVENTSTORE_URL')
      return null
    }
    this.addresses.set('eventstore', withoutPassword(url))
    if (server) this.#stack.defer(await noteEventStore(this.#options.config.DATA_DIR, url))
    if (!used) return null
    const store = openEventStore(url)
    this.#stack.defer(() => store.close())
    if (!server)
      this.#add(
        watch('event store', () => store.ping(), withoutPassword(url), this.#clock),
        projectionIds,
      )
    return store
  }

  async #postgres(): Promise<Pool | null> {
    const given = this.#options.config.DATABASE_URL
    const used = this.#has('projections') || this.#has('api')
    const server =
      !given && this.#has('postgres') ? this.#add(await supervisePostgres(this.#surroundings)) : null
    const url = given ?? (await server?.first)?.url()
    if (!url) {
      if (used) throw new AddressMissing('postgres', 'DATABASE_URL')
      return null
    }
    this.addresses.set('postgres', withoutPassword(url))
    if (!used) return null
    this.#databaseUrl = url
    const pool = openPool(url)
    this.#stack.defer(() => pool.end())
    const ask = async () => void (await pool.query('select 1'))
    if (!server) this.#add(watch('Postgres', ask, withoutPassword(url), this.#clock))
    return pool
  }

  async #plc(): Promise<{ host: string; port: number } | null> {
    const given = this.#options.config.PLC_ADDRESS
    if (given || !this.#has('plc')) return given ?? null
    const server = this.#add(await supervisePlcSimulator(this.#surroundings, this.#options.scenario), [
      'environment monitor',
    ])
    const { port } = await server.first
    this.addresses.set('plc', `127.0.0.1:${port}, simulator playing ${this.#options.scenario}`)
    return { host: '127.0.0.1', port }
  }

  #monitor(store: OpenEventStore, plc: { host: string; port: number } | null): void {
    const { config } = this.#options
    if (!plc) throw new AddressMissing('plc', 'PLC_ADDRESS')
    const sealer = this.#add(startNightSealer({ config, store, clock: this.#clock, say: this.#options.say }))
    const monitor = this.#add(
      startMonitor({
        config,
        store,
        plc,
        simulated: !config.PLC_ADDRESS,
        clock: this.#clock,
        onPoll: (outcome) => {
          this.#polled(outcome)
          sealer.polled(outcome)
        },
      }),
      ['event store', 'night sealer'],
    )
    this.#statuses.push(monitor.plcStatus)
    this.addresses.set('monitor', `polls ${plc.host}:${plc.port} every ${config.PLC_PERIOD_MS / 1000} s`)
  }

  #receiveNotice(store: OpenEventStore): ReceiveNotice {
    const { SITE: site, DATA_DIR } = this.#options.config
    return makeReceiveNotice({
      store,
      site,
      read: readNotice,
      payloads: payloadFolder(path.join(DATA_DIR, 'payloads')),
    })
  }

  async #alerts(store: OpenEventStore): Promise<void> {
    const { config, scenario, say } = this.#options
    const simulator = config.ALERT_BROKERS
      ? null
      : this.#add(await superviseAlertSimulator(this.#surroundings, scenario))
    const broker = simulator ? { host: '127.0.0.1', port: (await simulator.first).port } : null
    const sink = this.#receiveNotice(store)
    this.#add(startAlertManager({ store, clock: this.#clock, site: config.SITE }))
    const sources = this.#add(
      startAlertSources({ config, sink, simulatedBroker: broker, say, clock: this.#clock }),
    )
    this.#sources = sources.statuses
    const port = config.ALERT_PUBLISH_PORT
    if (port !== undefined)
      this.#add(await startAlertPublisher({ config, port, store, say, clock: this.#clock }))
    const names = sources.statuses().map(({ name }) => name)
    const simulated = broker ? `, simulator playing ${scenario}` : ''
    this.addresses.set('alerts', `${names.join(', ')}${simulated}`)
  }

  #planner(store: OpenEventStore): void {
    const { config, say } = this.#options
    this.#add(startPlanner({ config, store, clock: this.#clock, say }))
    this.addresses.set('planner', 'answers every ask for a plan of the night')
  }

  async #devices(store: OpenEventStore, plc: { host: string; port: number } | null): Promise<void> {
    const { config, scenario, say } = this.#options
    const here = simulatedDeviceNames.filter((name) => this.#has(name))
    const { simulators, places } = await placeDevices(this.#surroundings, scenario, here, plc)
    if (simulators) this.#add(simulators)
    for (const [name, { simulated, ...address }] of places) {
      this.#add(startDeviceAgent({ name, address, simulated, config, store, clock: this.#clock, say }))
      if (name !== 'plc')
        this.addresses.set(name, `${address.host}:${address.port}${simulated ? ', simulator' : ''}`)
    }
  }

  #polled(outcome: PollOutcome): void {
    this.#metrics.countPoll(outcome.kind)
    for (const line of sayings(outcome)) this.#options.say(line)
  }

  #project(store: OpenEventStore): void {
    const onChange = ({ name, state, error }: ProjectionStatus) => {
      if (error) this.#options.say(`projection ${name} is ${state}: ${error}`)
    }
    // A pool of its own: a busy API must not keep the read models waiting.
    const pool = openPool(this.#databaseUrl, { applicationName: 'noctuary projections', max: 16 })
    this.#stack.defer(() => pool.end())
    const running = startProjections({
      pool,
      feed: store,
      clock: this.#clock,
      registry: this.#registry,
      onChange,
    })
    this.#stack.defer(() => running.stop())
    this.#projections = running.statuses
    this.addresses.set(
      'projections',
      running
        .statuses()
        .map(({ name }) => name)
        .join(', '),
    )
  }

  async #api(events: OpenEventStore, pool: Pool): Promise<void> {
    const { HOST, PORT, LOG_LEVEL, SITE, SAFETY_LIMITS } = this.#options.config
    const health = async (): Promise<Health> =>
      healthOf(
        [...this.#statuses.map((status) => status()), ...this.#sources()],
        this.#projections(),
        this.#clock,
      )
    const logger = pino({ level: LOG_LEVEL }, pino.destination({ dest: 2, sync: false }))
    const asOf = new AsOf({ pool, feed: events, clock: this.#clock, projections })
    this.#stack.defer(() => asOf.close())
    const server = await makeServer({
      db: readModels(pool),
      asOf,
      projections: { pool, projections },
      people: peopleOn(events, pool, SITE.id),
      noticeSink: this.#receiveNotice(events),
      alerts: { store: events, receive: this.#receiveNotice(events) },
      judgeAnew: whatIfOn(events, SITE.id, SAFETY_LIMITS),
      requests: {
        desk: requestDesk({ store: events, observatory: { site: SITE, instrument: colibri } }),
        instrument: colibri,
      },
      orderDevice: requestDeviceCommand({ store: events, site: SITE }),
      dataDir: this.#options.config.DATA_DIR,
      site: SITE,
      events,
      store: events,
      clock: this.#clock,
      health,
      graph: () => this.#registry.graph(),
      metrics: this.#metrics,
      logger,
    })
    this.#stack.defer(() => server.close())
    this.addresses.set('api', await server.listen({ host: HOST, port: PORT }))
  }
}
