import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { EventStoreDBClient } from '@eventstore/db-client'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { type OpenEventStore, openEventStore } from '#adapters/eventstore/event-store.ts'
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { ProposedEvent } from '#commands/event-store.ts'
import { eventIdOf, noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { addSeconds } from '#domain/shared/time.ts'

export const began = '2026-11-19T02:00:00.000Z'

/** A log and a database of their own, both durable, in processes of their own. */
export const openGround = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-bench-'))
  const [server, postgres] = await Promise.all([
    launchEmbeddedEventStore({ dataDir: path.join(folder, 'log') }),
    startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') }),
  ])
  const store: OpenEventStore = openEventStore(server.url)
  const client = EventStoreDBClient.connectionString(server.url)
  const pool = openPool(postgres.url(), { max: 16 })
  return {
    ...{ store, client, pool, eventStoreUrl: server.url, databaseUrl: postgres.url() },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([store.close(), client.dispose(), pool.end()])
      await Promise.all([server.stop(), postgres.stop()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Ground = Awaited<ReturnType<typeof openGround>>

/** The smallest judgement there is, about 600 bytes: the reading of it is then as fast as the client can be. */
export const assessed = (
  night: string,
  poll: number,
  occurredAt = addSeconds(began, poll * 0.1),
): ProposedEvent => {
  const id = eventIdOf(uuidFrom(`bench/${night}/${poll}`, noctuaryNamespace), 0)
  return {
    id,
    type: 'EnvironmentAssessed',
    data: {
      night,
      poll,
      readingIds: [],
      validPolicy: 'strict',
      weather: {
        ...{
          globalStatus: 'OK',
          humidityPercent: 60.1,
          windSpeedMs: (poll % 100) / 10,
          windDirectionDeg: 202.3,
        },
        ...{ temperatureC: 12.1, pressureMbar: 769.2, rainRateMmH: 0, skyTemperatureC: -20.5 },
      },
      site: {
        ...{ globalStatus: 'OK', lights: 'OFF', dome: 'CLOSED', doors: 'CLOSED' },
        ...{ temperatureC: 10, shutter: 'CLOSED', pressureMbar: 769, humidityPercent: 50 },
      },
      quantities: {},
      flags: [],
      verdict: { state: 'safe', since: began, reopenExpectedAt: null },
      sensors: {},
      deviceClock: null,
    },
    metadata: {
      occurredAt,
      ...{ correlationId: id, causationId: id, actor: { kind: 'program', id: 'bench' }, site: 'osm', night },
    },
  }
}

/** Appends events to a stream in batches, without a look at what is there. */
export const fill = async (
  store: OpenEventStore,
  stream: string,
  events: readonly ProposedEvent[],
  batch = 500,
) => {
  for (let at = 0; at < events.length; at += batch) {
    const expected = at === 0 ? 'none' : BigInt(at - 1)
    await store.append(stream, events.slice(at, at + batch), expected)
  }
}
