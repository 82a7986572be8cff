import type { Pool } from 'pg'
import { pino } from 'pino'
import { systemClock } from '#adapters/clock.ts'
import { openPlc } from '#adapters/plc/plc-client.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { healthOf } from '#api/health.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { loadEnvironment } from '#commands/environment/load-environment.ts'
import { runEnvironmentMonitor } from '#commands/environment/monitor.ts'
import type { EventStore } from '#commands/event-store.ts'
import { residentHandler } from '#commands/resident-handler.ts'
import { environment } from '#domain/environment/decider.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { projections } from '#projections/catalogue.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { handledTypes } from '#projections/engine/definition.ts'
import type { EventFeed } from '#projections/engine/event-feed.ts'
import { runProjections } from '#projections/engine/runner.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'
import type { EventReader } from '#projections/journal/event-reader.ts'
import { readModels } from '#projections/read-database.ts'
import { PlcSimulator } from '#simulators/plc.ts'
import { scenarioNamed } from '#simulators/scenario-file.ts'
import { localAccess } from '#test/support/access.ts'

export type SpineOptions = {
  readonly store: EventStore & EventFeed & EventReader
  readonly pool: Pool
  readonly scenario: string
  readonly validPolicy?: 'strict' | 'pyros'
  readonly startsAt?: string
  /** How long the PLC may take, in real time. */
  readonly plcTimeoutMs?: number
  /** How long after the simulator's start the first poll is. */
  readonly firstPollMs?: number
}

/** The observatory's spine on real sockets, a real log and a real database, with time driven by hand. */
export const startSpine = async ({
  store,
  pool,
  scenario,
  validPolicy = 'strict',
  startsAt = '2026-11-21T04:00:00.000Z',
  plcTimeoutMs = 1_000,
  firstPollMs = 1_500,
}: SpineOptions) => {
  await using starting = new AsyncDisposableStack()
  const clock = new VirtualClock(epochMsOf(startsAt))
  const stopping = new AbortController()
  const simulator = new PlcSimulator({ clock, scenario: scenarioNamed(scenario) })
  const { host, port } = await simulator.listen({ host: '127.0.0.1', port: 0 })
  starting.defer(() => simulator.stop())

  const site = sanPedroMartir.id
  const appended = new Map<string, number>()
  const counting: EventStore = {
    ...store,
    append: async (stream, events, expected) => {
      const done = await store.append(stream, events, expected)
      for (const { type } of events) appended.set(type, (appended.get(type) ?? 0) + 1)
      return done
    },
  }
  const plc = openPlc({ host, port, timeoutMs: plcTimeoutMs })
  starting.defer(async () => plc.close())
  const handle = residentHandler({
    store: counting,
    decider: environment,
    streamOf: ({ night }) => environmentStream(site, night),
    load: (command) => loadEnvironment(store, site, command),
    context: { actor: { kind: 'agent', id: 'environment-monitor' }, site, simulated: true },
  })
  const monitor = clock.sleepUntil(clock.now() + firstPollMs).then(() =>
    runEnvironmentMonitor(
      {
        plc: {
          ...plc,
          address: plc.address,
          status: (signal) => clock.holding('poll', () => plc.status(signal)),
        },
        clock,
        site: sanPedroMartir,
        rules: safetyRules(),
        validPolicy,
        periodMs: 2_000,
        hostReading: async () => null,
        handle: (command) => clock.holding('append', () => handle(command)),
        onPoll: () => {},
      },
      stopping.signal,
    ),
  )
  starting.defer(async () => {
    stopping.abort()
    await clock.advanceBy(firstPollMs)
    await monitor
  })

  const statuses = new Map<string, ProjectionStatus>()
  let progressed = Promise.withResolvers<void>()
  const onStatus = (status: ProjectionStatus) => {
    if (status.role === 'live') statuses.set(status.name, status)
    progressed.resolve()
    progressed = Promise.withResolvers()
  }
  const running = runProjections(
    projections,
    { pool, feed: store, clock: systemClock, onStatus },
    stopping.signal,
  )
  starting.defer(async () => {
    stopping.abort()
    await running
  })
  const behind = () =>
    projections.filter((projection) => {
      const given = handledTypes(projection).reduce((sum, type) => sum + (appended.get(type) ?? 0), 0)
      return (statuses.get(projection.name)?.checkpoint.events ?? 0) < given
    })

  const health = async () => healthOf([], [...statuses.values()], systemClock)
  const asOf = new AsOf({ pool, feed: store, clock, projections })
  starting.defer(() => asOf.close())
  const server = await makeServer({
    access: localAccess,
    db: readModels(pool),
    asOf,
    projections: { pool, projections },
    site: sanPedroMartir,
    events: store,
    clock,
    health,
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  starting.defer(() => server.close())

  const stack = starting.move()
  return {
    clock,
    simulator,
    url,
    /** Resolves when the read models show everything recorded so far. */
    projected: async () => {
      while (behind().length > 0) await progressed.promise
    },
    get: async (path: string) => {
      const answer = await fetch(`${url}${path}`)
      // biome-ignore lint/suspicious/noExplicitAny: an answer may be anything; the test says what it should be.
      const body: any = await answer.json()
      return { status: answer.status, headers: answer.headers, body }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
