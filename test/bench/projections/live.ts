import { systemClock } from '#adapters/clock.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import { instantOf } from '#domain/shared/time.ts'
import { runProjections } from '#projections/engine/runner.ts'
import type { Figures } from '../bench.ts'
import { percentile, rounded } from '../statistics.ts'
import { assessed, type Ground } from './ground.ts'
import { weatherwatch } from './rebuild.ts'

const night = '2026-11-20'
const stream = environmentStream('osm', night)
const idOf = (poll: number): number => 20_261_120_000_000 + poll

/** Milliseconds from the acknowledgement of an append to its row being there, asked for without a pause. */
const visibleAfter = async ({ pool }: Ground, poll: number): Promise<number> => {
  const acknowledged = performance.now()
  for (;;) {
    const { rowCount } = await pool.query('select from weatherwatch where id = $1', [idOf(poll)])
    if (rowCount) return performance.now() - acknowledged
  }
}

/** Twenty events a second, one at a time, as a busy night has them. */
const steadily = async (ground: Ground, count: number): Promise<number[]> => {
  const delays: number[] = []
  const from = performance.now()
  for (let poll = 1; poll <= count; poll++) {
    await systemClock.sleepUntil(Date.now() + Math.max(0, from + poll * 50 - performance.now()))
    await ground.store.append(stream, [assessed(night, poll)], poll === 1 ? 'none' : BigInt(poll - 2))
    delays.push(await visibleAfter(ground, poll))
  }
  return delays
}

/** Two thousand events a second in appends of forty; how old the newest row is, looked at ten times a second. */
const flooded = async ({ store, pool }: Ground, first: number, seconds: number) => {
  const [size, everyMs] = [40, 20]
  const acknowledged: { poll: number; at: number }[] = []
  const lags: number[] = []
  let on = true
  const looking = (async () => {
    while (on) {
      await systemClock.sleepUntil(Date.now() + 100)
      const { rows } = await pool.query('select max(id) as id from weatherwatch')
      const next = acknowledged.find(({ poll }) => idOf(poll) > rows[0].id)
      lags.push(next ? (performance.now() - next.at) / 1000 : 0)
    }
  })()
  const from = performance.now()
  let poll = first
  for (let n = 0; n < (seconds * 1000) / everyMs; n++) {
    await systemClock.sleepUntil(Date.now() + Math.max(0, from + n * everyMs - performance.now()))
    const at = instantOf(Date.now())
    const events = Array.from({ length: size }, (_, i) => assessed(night, poll + i, at))
    await store.append(stream, events, BigInt(poll - 2))
    poll += size
    acknowledged.push({ poll: poll - 1, at: performance.now() })
  }
  const tookS = (performance.now() - from) / 1000
  on = false
  await looking
  return { lags, perS: (poll - first) / tookS }
}

export const liveFigures = async (ground: Ground, quick: boolean): Promise<Figures> => {
  const stopping = new AbortController()
  const { promise: live, resolve } = Promise.withResolvers<void>()
  const running = runProjections(
    [weatherwatch],
    {
      pool: ground.pool,
      feed: ground.store,
      clock: systemClock,
      onStatus: ({ state }) => {
        if (state === 'live') resolve()
      },
    },
    stopping.signal,
  )
  await live
  const count = quick ? 60 : 400
  const delays = await steadily(ground, count)
  const { lags, perS } = await flooded(ground, count + 1, quick ? 3 : 15)
  stopping.abort()
  await running
  return {
    liveP50Ms: rounded(percentile(delays, 0.5)),
    liveP99Ms: rounded(percentile(delays, 0.99)),
    lagAt2000: rounded(Math.max(...lags)),
    appendedPerS: Math.round(perS),
  }
}
