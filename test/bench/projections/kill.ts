import { environmentStream } from '#domain/environment/streams.ts'
import { startRunnerProcess } from '#test/support/runner-process.ts'
import type { Figures } from '../bench.ts'
import { assessed, type Ground } from './ground.ts'

const nightOf = (writer: number): string => `2026-11-${10 + writer}`
const [writers, batch] = [8, 50]

/** One writer fills a night's stream of its own. */
const write = async ({ store }: Ground, writer: number, count: number): Promise<void> => {
  const night = nightOf(writer)
  for (let at = 0; at < count; at += batch) {
    const events = Array.from({ length: Math.min(batch, count - at) }, (_, n) => assessed(night, at + n + 1))
    await store.append(environmentStream('osm', night), events, at === 0 ? 'none' : BigInt(at - 1))
  }
}

const rowsOf = async ({ pool }: Ground): Promise<{ rows: number; keys: number }> => {
  const { rows } = await pool.query(
    'select count(*) as rows, count(distinct (id, site)) as keys from weatherwatch',
  )
  return rows[0]
}

/** Eight writers at once while the runner is killed with -9 five times; then every event is counted. */
export const killFigures = async (ground: Ground, quick: boolean): Promise<Figures> => {
  const total = quick ? 16_000 : 100_000
  const kills = 5
  const start = () => startRunnerProcess(ground.eventStoreUrl, ground.databaseUrl, 'weatherwatch')
  const writing = Promise.all(
    Array.from({ length: writers }, (_, writer) => write(ground, writer, total / writers)),
  )
  let runner = start()
  for (let killed = 0; killed < kills; killed++) {
    const share = ((killed + 1) * total) / (kills + 2)
    await runner.until(({ events }) => events >= share)
    await runner.kill()
    runner = start()
  }
  await writing
  const { events } = await runner.until(({ state, events }) => state === 'live' && events >= total)
  await runner.kill()
  const { rows, keys } = await rowsOf(ground)
  return { lost: total - keys, doubled: rows - keys + Math.max(0, events - total), events: total, kills }
}
