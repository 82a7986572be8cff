import { makeMetrics } from './http/metrics.ts'
import { agentMakers } from './parts/agent-makers.ts'
import { startAgents } from './parts/agents.ts'
import { receiveNoticeOn, startAlerts } from './parts/alerts.ts'
import { heartToDome, startDevices } from './parts/devices.ts'
import { placePlc, startEnvironment } from './parts/environment.ts'
import { House, type HouseOptions } from './parts/house.ts'
import { startApi } from './parts/http.ts'
import type { PartName } from './parts/part-names.ts'
import { startReadModels } from './parts/read-models.ts'
import { lockWhole, openDatabase, openLog } from './parts/stores.ts'

export type RunningSystem = {
  /** Where each part is, for people: addresses without passwords. */
  readonly addresses: ReadonlyMap<PartName, string>
  stop(): Promise<void>
}

/** Starts the parts asked for, in any order they come up; what fails to start at all ends the rest and is thrown. */
export const startSystem = async (options: HouseOptions): Promise<RunningSystem> => {
  await using starting = new AsyncDisposableStack()
  const house = new House(options, starting)
  await startParts(house)
  const running = starting.move()
  return { addresses: house.addresses, stop: () => running.disposeAsync() }
}

const startParts = async (house: House): Promise<void> => {
  const { config, clock, say, simulated, registry } = house
  const metrics = makeMetrics()
  await lockWhole(house)
  const [store, database] = await Promise.all([openLog(house), openDatabase(house)])
  const plc = await placePlc(house)
  if (!store) return
  if (house.has('monitor')) startEnvironment(house, store, plc, metrics.countPoll)
  const receive = receiveNoticeOn(store, house.config, clock)
  if (house.has('alerts')) await startAlerts(house, store, receive)
  if (house.has('planner')) house.addresses.set('planner', 'answers every ask for a plan of the night')
  const statuses = database && house.has('projections') ? startReadModels(house, store, database.url) : null
  const heart = heartToDome(house)
  const makers = agentMakers(house, store, heart)
  const agents = await startAgents({
    site: config.SITE,
    store,
    clock,
    simulated,
    makers,
    registry,
    say,
    onOrders: house.takesRestart,
  })
  for (const agent of agents) house.count(agent)
  if (database && house.has('api'))
    await startApi(house, {
      store,
      pool: database.pool,
      receive,
      metrics,
      projections: statuses ?? (() => []),
    })
  // Last: the API need not wait for a process that it does not ask.
  await startDevices(house, store, heart, plc)
}
