import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { systemClock } from '#adapters/clock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { readConfig } from '#api/config.ts'
import { startMonitor } from '#api/parts/monitor.ts'
import { startProjections } from '#api/parts/projections.ts'
import { superviseEventStore, supervisePostgres } from '#api/parts/servers.ts'
import { Registry } from '#commands/agents/registry.ts'
import type { PollOutcome } from '#commands/environment/monitor.ts'
import { PlcSimulator } from '#simulators/plc.ts'
import { scenarioNamed } from '#simulators/scenario-file.ts'

type Acknowledged = { readonly at: string; readonly assessed: boolean }

/** The real parts as `npm start` runs them, polling ten times a second, with what was acknowledged noted here. */
export const startObservatory = async () => {
  await using starting = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-faults-'))
  starting.defer(() => rm(folder, { recursive: true, force: true }))
  const config = readConfig({ DATA_DIR: folder, PLC_PERIOD_MS: '100', PLC_TIMEOUT_MS: '500' })
  const surroundings = { config, clock: systemClock, log: () => {} }

  const [eventStore, postgres] = await Promise.all([
    superviseEventStore(surroundings),
    supervisePostgres(surroundings),
  ])
  starting.defer(() => eventStore.stop())
  starting.defer(() => postgres.stop())
  const store = openEventStore((await eventStore.first).url)
  starting.defer(() => store.close())
  const pool = openPool((await postgres.first).url())
  starting.defer(() => pool.end())
  const simulator = new PlcSimulator({ clock: systemClock, scenario: scenarioNamed('demo') })
  const plc = await simulator.listen({ host: '127.0.0.1', port: 0 })
  starting.defer(() => simulator.stop())

  const acknowledged: Acknowledged[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  const onPoll = (outcome: PollOutcome) => {
    if (outcome.kind !== 'recorded') return
    acknowledged.push({
      at: outcome.at,
      assessed: outcome.events.some(({ type }) => type === 'EnvironmentAssessed'),
    })
    for (const { count, resolve } of waiting) if (acknowledged.length >= count) resolve()
  }
  const projections = startProjections({
    pool,
    feed: store,
    clock: systemClock,
    onChange: () => {},
    registry: new Registry(systemClock),
  })
  starting.defer(() => projections.stop())
  const monitor = startMonitor({ config, store, plc, simulated: true, clock: systemClock, onPoll })
  starting.defer(() => monitor.stop())

  const stack = starting.move()
  return {
    store,
    pool,
    eventStore,
    postgres,
    monitor,
    acknowledged,
    site: config.SITE,
    /** Resolves once this many more polls were acknowledged. */
    morePolls: (more: number): Promise<void> =>
      new Promise((resolve) => waiting.push({ count: acknowledged.length + more, resolve })),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type Observatory = Awaited<ReturnType<typeof startObservatory>>
