import type { Pool } from 'pg'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { hostIdentity, hostIsGone } from '#adapters/host-identity.ts'
import { Hub } from '#api/live/hub.ts'
import type { LiveParts } from '#api/live/live.ts'
import { senderRequests } from '#api/live/requests.ts'
import { isConnected } from '#commands/agents/presence.ts'
import { projections } from '#projections/catalogue.ts'
import { hearChanges } from '#projections/engine/hear-changes.ts'
import type { House } from './house.ts'

export type RunningLive = Required<LiveParts>

/** The live streams of this process, and asking agents. */
export const startLive = async (house: House, store: OpenEventStore, pool: Pool): Promise<RunningLive> => {
  const { clock, config, registry, say, simulated } = house
  const hub = new Hub({
    feed: store,
    clock,
    hearChanges: (hear, signal) => hearChanges({ pool, clock }, hear, signal),
    say,
  })
  house.atEnd(() => hub.stop())
  const look = () => {
    const { clients, published, cut } = hub.figures
    const detail = `${clients} clients, ${cut} cut for being slow; ${hub.router.unheard} items nobody listened to`
    const inbox = { waiting: clients, capacity: hub.mostClients }
    return { state: hub.log.following ? 'up' : 'starting', detail, inbox, handled: published }
  }
  house.atEnd(registry.register({ id: 'live', kind: 'server', links: [], look }))
  const host = await hostIdentity()
  const surroundings = { store, feed: store, clock, site: config.SITE, host, simulated }
  const ask = senderRequests({ ...surroundings, router: hub.router, isGone: hostIsGone })
  return {
    hub,
    feed: store,
    models: projections.map(({ name }) => name),
    requests: { ask, isConnected: (agent) => isConnected(agent, surroundings, hostIsGone) },
  }
}
