import { pino } from 'pino'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer, type ServerParts } from '#api/http/server.ts'
import { connectLive, type LiveClientOptions, type LiveEvent, type LiveModel } from '#api/live/client.ts'
import { Hub, type HubParts } from '#api/live/hub.ts'
import { senderRequests } from '#api/live/requests.ts'
import { isConnected } from '#commands/agents/presence.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { projections } from '#projections/catalogue.ts'
import { Signal } from '#projections/engine/signal.ts'
import { readModels } from '#projections/read-database.ts'
import { localAccess } from './access.ts'

type Said = {
  readonly type: string
  readonly data: object
  readonly actor: Actor
}

const devices: Record<string, Actor> = {
  dome: { kind: 'agent', id: 'dome-agent' },
  telescope: { kind: 'agent', id: 'telescope-agent' },
}

/** A look at a device, told apart by a number. */
export const looked = (device: 'dome' | 'telescope', number: number, more: object = {}): Said => ({
  type: 'DeviceStatusRecorded',
  data: { device, status: { number, ...more }, faults: [] },
  actor: devices[device] ?? { kind: 'program', id: 'noctuary' },
})

/** Something that a sender of the log says; gives back where it stands. */
export const teller = (store: OpenEventStore, name: string) => {
  let said = 0
  return async (...all: readonly Said[]): Promise<string> => {
    const stream = `${name}-${said}`
    const proposed = all.map(({ type, data, actor }) => {
      const id = uuidFrom(`${name}/${said++}`, noctuaryNamespace)
      const at = '2026-11-21T02:00:00.000Z'
      const causes = { correlationId: id, causationId: id, actor, site: 'osm', night: '2026-11-20' }
      return { id, type, data, metadata: { occurredAt: at, ...causes } }
    })
    const { position } = await store.append(stream, proposed, 'none')
    return `${position.commit}/${position.prepare}`
  }
}

type Options = Partial<Omit<HubParts, 'feed' | 'clock'>> & {
  readonly store: OpenEventStore
  readonly clock: Clock
  readonly port?: number
  readonly more?: Partial<Omit<ServerParts, 'access'>>
}

/** The live streams of a log behind a real socket. */
export const liveServer = async ({ store, clock, port = 0, more = {}, ...parts }: Options) => {
  const hub = new Hub({ feed: store, clock, say: () => {}, ...parts })
  const surroundings = { store, feed: store, clock, site: sanPedroMartir, host: 'asker', simulated: false }
  const isGone = async () => false
  const pool = openPool('postgres://nobody@127.0.0.1:1/nothing')
  const server = await makeServer({
    access: localAccess,
    db: readModels(pool),
    site: sanPedroMartir,
    events: store,
    clock,
    health: async () => ({ status: 'ok', parts: [], projections: [] }),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
    live: {
      hub,
      feed: store,
      models: projections.map(({ name }) => name),
      requests: {
        ask: senderRequests({ ...surroundings, router: hub.router, isGone }),
        isConnected: (agent) => isConnected(agent, surroundings, isGone),
      },
    },
    ...more,
  })
  await hub.log.begun
  const url = await server.listen({ host: '127.0.0.1', port })
  const stop = async () => {
    await server.close()
    await hub.stop()
    await pool.end()
  }
  return { url, port: Number(new URL(url).port), hub, stop, [Symbol.asyncDispose]: stop }
}

type Heard = {
  readonly events: LiveEvent[]
  readonly models: LiveModel[]
  readonly connected: { position: string | null; clientId: string }[]
  readonly lost: { reason: string; code: string | null; final: boolean }[]
}

/** A live client that remembers; `until` waits for what it has heard to be as wanted. */
export const listener = (options: LiveClientOptions) => {
  const heard: Heard = { events: [], models: [], connected: [], lost: [] }
  const changed = new Signal()
  const into =
    <T>(list: T[]) =>
    (item: T) => {
      list.push(item)
      changed.fire()
    }
  const client = connectLive({
    pauseMs: () => 1,
    ...options,
    onEvent: into(heard.events),
    onModel: into(heard.models),
    onConnected: into(heard.connected),
    onDisconnected: into(heard.lost),
  })
  return {
    ...heard,
    client,
    until: async (wanted: (heard: Heard) => boolean): Promise<void> => {
      while (!wanted(heard)) await changed.changed()
    },
    [Symbol.dispose]: () => client.close(),
  }
}

/** What is in the data of looks at devices. */
export const numbersOf = (events: readonly LiveEvent[]): number[] =>
  events.flatMap(({ data }) => {
    const status = typeof data === 'object' && data !== null && 'status' in data ? data.status : null
    const number = typeof status === 'object' && status !== null && 'number' in status ? status.number : null
    return typeof number === 'number' ? [number] : []
  })
