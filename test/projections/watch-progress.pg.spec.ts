import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { beginning } from '#projections/engine/control.ts'
import { Flusher } from '#projections/engine/flusher.ts'
import { createSchema } from '#projections/engine/table.ts'
import { watchProgress } from '#projections/engine/watch-progress.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { RecordedLog } from '#test/support/recorded-log.ts'
import { eventAt, outages, tallyOf, tallyTables } from './tally.ts'

const projection = tallyOf()
let database: FreshDatabase
beforeEach(async () => {
  database = await freshDatabase()
  await database.pool.query(createSchema('w', tallyTables))
})
afterEach(() => database.drop())

/** A writer whose events never come, watched on a clock driven by hand. */
const watched = (feed: RecordedLog) => {
  const clock = new VirtualClock(Date.parse('2026-11-21T05:00:00.000Z'))
  const flusher = new Flusher({
    ...{
      pool: database.pool,
      projection,
      schema: 'w',
      tables: tallyTables,
      stamps: false,
      checkpoint: beginning,
    },
    advance: async () => {},
    written: () => {},
    failed: () => {},
  })
  const said: (string | null)[] = []
  const stop = new AbortController()
  const head = { commit: 400n, prepare: 400n }
  const ended = watchProgress(
    { feed, clock, projection, flusher, head: () => head, standing: (since) => said.push(since) },
    stop.signal,
  ).catch((error) => error.message)
  return { clock, flusher, said, stop, ended }
}

describe('watching a projection', () => {
  it('raises the alarm when it stands still though there is work, and gives the line up in the end', async () => {
    const { clock, said, ended } = watched(new RecordedLog(outages(3)))
    await clock.advanceBy(4_500)
    expect(said.at(-1) ?? null).toBeNull()
    await clock.advanceBy(2_000)
    expect(said.at(-1)).toBe('2026-11-21T05:00:00.000Z')
    await clock.advanceBy(20_000)
    expect(await ended).toBe('nothing comes though there is work')
  })

  it('moves the position over what is not for it, without alarm', async () => {
    const others = [0, 1, 2, 3].map((n) => eventAt(n, 'PlcReplyRejected', {}))
    const { clock, flusher, said, stop, ended } = watched(new RecordedLog(others))
    await clock.advanceBy(6_500)
    await flusher.idle()
    expect(flusher.checkpoint.position).toEqual({ commit: 400n, prepare: 400n })
    expect(said.filter((since) => since !== null)).toEqual([])
    stop.abort()
    await clock.advanceBy(1_000)
    await ended
  })
})
