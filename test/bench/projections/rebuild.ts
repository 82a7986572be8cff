import { eventTypeFilter, START } from '@eventstore/db-client'
import { systemClock } from '#adapters/clock.ts'
import { changesOf, defineProjection, type Projection } from '#projections/engine/definition.ts'
import { beginRebuild } from '#projections/engine/generations.ts'
import { runProjections } from '#projections/engine/runner.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'
import { createSchema, defineTable } from '#projections/engine/table.ts'
import { weatherwatch } from '#projections/weatherwatch/projection.ts'
import type { Ground } from './ground.ts'

const latestTables = {
  bench_latest: defineTable({ columns: { site: 'text', wind: 'double?', at: 'instant' }, key: ['site'] }),
}

/** A model of the newest row alone: all of a batch folds to one write. */
export const latest = defineProjection({
  name: 'bench_latest',
  version: 1,
  tables: latestTables,
  handles: {
    EnvironmentAssessed: ({ data, metadata: { site, occurredAt } }) => [
      changesOf(latestTables).put('bench_latest', { site, wind: data.weather.windSpeedMs, at: occurredAt }),
    ],
  },
})

/** Seconds to do something. */
export const secondsOf = async (work: () => Promise<void>): Promise<number> => {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

const subscribe = ({ client }: Ground) =>
  client.subscribeToAll({
    fromPosition: START,
    filter: eventTypeFilter({ regex: '^(EnvironmentAssessed)$' }),
  })

/** What the client can read at the most: the same subscription, and nothing done with its events. */
export const bareRead = async (ground: Ground, count: number): Promise<void> => {
  const subscription = subscribe(ground)
  let read = 0
  for await (const { event } of subscription) if (event && ++read === count) break
  await subscription.unsubscribe()
}

const insert = `insert into bench_hand.weatherwatch (id, site, global_status, updated, humidity, wind, wind_dir,
    temperature, pressure, rain, cloud)
  select * from unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::float8[], $6::float8[],
    $7::float8[], $8::float8[], $9::float8[], $10::float8[], $11::float8[])`

/** The best loop written by hand: reads while it writes, one unnest per 500 events, checkpoint in the transaction. */
export const handLoop = async (ground: Ground, count: number): Promise<void> => {
  await ground.pool.query(`${createSchema('bench_hand', weatherwatch.tables)};
    create table bench_hand.checkpoint (commit bigint, prepare bigint); insert into bench_hand.checkpoint values (0, 0)`)
  const connection = await ground.pool.connect()
  let columns: unknown[][] = Array.from({ length: 11 }, () => [])
  let writing: Promise<void> = Promise.resolve()
  const write = async (rows: unknown[][], position: { commit: bigint; prepare: bigint }) => {
    await connection.query('begin')
    await connection.query(insert, rows)
    await connection.query('update bench_hand.checkpoint set commit = $1, prepare = $2', [
      position.commit,
      position.prepare,
    ])
    await connection.query('commit')
  }
  const subscription = subscribe(ground)
  let read = 0
  for await (const { event } of subscription) {
    if (!event) continue
    const { data, metadata, position } = event as unknown as {
      data: { night: string; poll: number; weather: Record<string, unknown> }
      metadata: { site: string; occurredAt: string }
      position: { commit: bigint; prepare: bigint }
    }
    const { weather } = data
    const row = [
      Number(data.night.replaceAll('-', '')) * 1_000_000 + data.poll,
      ...[metadata.site, weather['globalStatus'], metadata.occurredAt, weather['humidityPercent']],
      ...[weather['windSpeedMs'], weather['windDirectionDeg'], weather['temperatureC']],
      ...[weather['pressureMbar'], weather['rainRateMmH'], weather['skyTemperatureC']],
    ]
    for (let i = 0; i < 11; i++) columns[i]?.push(row[i])
    if (++read % 500 === 0 || read === count) {
      await writing
      writing = write(columns, position)
      columns = Array.from({ length: 11 }, () => [])
    }
    if (read === count) break
  }
  await writing
  connection.release()
  await subscription.unsubscribe()
}

/** Runs one projection of this process until a status is as wanted. */
export const runUntil = async (
  { store, pool }: Ground,
  projection: Projection,
  wanted: (status: ProjectionStatus) => boolean,
): Promise<void> => {
  const stopping = new AbortController()
  const { promise, resolve } = Promise.withResolvers<void>()
  const onStatus = (status: ProjectionStatus) => {
    if (wanted(status)) resolve()
  }
  const running = runProjections(
    [projection],
    { pool, feed: store, clock: systemClock, onStatus },
    stopping.signal,
  )
  await promise
  stopping.abort()
  await running
}

/** A rebuild of the engine's: how long until it had caught up, and until it was compared and live. */
export const engineRebuild = async (ground: Ground, projection: Projection, count: number) => {
  const generation = await beginRebuild(ground.pool, projection)
  const from = performance.now()
  let filled = Number.NaN
  await runUntil(ground, projection, (status) => {
    if (status.generation !== generation) return false
    if (status.checkpoint.events === count && Number.isNaN(filled)) filled = performance.now()
    return status.role === 'live'
  })
  return { filledS: (filled - from) / 1000, liveS: (performance.now() - from) / 1000 }
}

export { weatherwatch }
