import { environmentStream } from '#domain/environment/streams.ts'
import { beginRebuild } from '#projections/engine/generations.ts'
import { readOutcome } from '#projections/engine/reports.ts'
import { weatherwatch } from '#projections/weatherwatch/projection.ts'
import { assessed } from '#test/bench/projections/ground.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { startRunning } from '#test/support/running-projections.ts'

const [writers, batch] = [8, 50]

/** One writer fills a night's stream of its own. */
const write = async ({ store }: FreshEventStore, writer: number, count: number): Promise<void> => {
  const night = `2026-11-${10 + writer}`
  for (let at = 0; at < count; at += batch) {
    const events = Array.from({ length: Math.min(batch, count - at) }, (_, n) => assessed(night, at + n + 1))
    await store.append(environmentStream('osm', night), events, at === 0 ? 'none' : BigInt(at - 1))
  }
}

/**
 * Eight writers at once, two rebuilds while they write, and a reader that looks all the while; then every event is
 * counted.
 */
export const rebuildUnderLoad = async (total: number) => {
  await using log = await freshEventStore()
  await using database = await freshDatabase()
  await using running = startRunning([weatherwatch], { pool: database.pool, feed: log.store })
  const live = (generation: number, events: number) =>
    running.until(
      (status) =>
        status.generation === generation && status.role === 'live' && status.checkpoint.events >= events,
    )
  const count = async (): Promise<{ rows: number; keys: number }> => {
    const text = 'select count(*) as rows, count(distinct (id, site)) as keys from weatherwatch'
    return (await database.pool.query(text)).rows[0]
  }
  await live(1, 0)
  let written = false
  const writing = Promise.all(
    Array.from({ length: writers }, (_, writer) => write(log, writer, total / writers)),
  ).then(() => {
    written = true
  })
  const looking = (async () => {
    let before = { rows: 0, keys: 0 }
    let odd = 0
    while (!written) {
      const now = await count()
      if (now.rows < before.rows || now.keys !== now.rows) odd++
      before = now
    }
    return odd
  })()
  const outcomes: string[] = []
  for (const [generation, share] of [
    [2, 0.2],
    [3, 0.6],
  ] as const) {
    await live(generation - 1, share * total)
    await beginRebuild(database.pool, weatherwatch)
    await live(generation, 0)
    outcomes.push((await readOutcome(database.pool, 'weatherwatch', generation))?.outcome ?? 'none')
  }
  await writing
  await live(3, total)
  return { ...(await count()), outcomes, oddSights: await looking }
}
