import { openPlc } from '#adapters/plc/plc-client.ts'
import { pretendRain } from '#adapters/plc/pretend-rain.ts'
import type { PartRouteParts } from '#api/http/operation/parts.ts'
import type { PlcRouteParts } from '#api/http/operation/plc.ts'
import type { QueueRouteParts } from '#api/http/operation/queues.ts'
import { purgeMessages } from '#commands/agents/purge.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import { operationsOn } from '#commands/operation/operations.ts'
import type { House } from './house.ts'

export type OperationParts = Omit<PartRouteParts & PlcRouteParts & QueueRouteParts, 'clock' | 'site'>

/** What people may do at the controls of this program. */
export const operationOf = (house: House, store: EventStore & EventFeed): OperationParts => {
  const { config, clock, plcSimulator, simulated } = house
  const log = { store, feed: store, clock, site: config.SITE, simulated }
  const place = config.PLC_ADDRESS ?? plcSimulator
  const timeoutMs = config.PLC_TIMEOUT_MS
  return {
    record: operationsOn(store, config.SITE.id),
    purge: (agents, actor, signal) => purgeMessages(log, agents, actor, signal),
    statuses: () => house.statuses(),
    orders: house.orders,
    askPlc: place && (() => askOnce({ ...place, timeoutMs })),
    pretendRain: plcSimulator && ((rain) => pretendRain({ ...plcSimulator, timeoutMs }, rain)),
  }
}

const askOnce = async (place: Parameters<typeof openPlc>[0]) => {
  const plc = openPlc(place)
  try {
    return { address: plc.address, answer: await plc.status(), trouble: null }
  } catch (error) {
    return {
      address: plc.address,
      answer: null,
      trouble: error instanceof Error ? error.message : `${error}`,
    }
  } finally {
    plc.close()
  }
}
