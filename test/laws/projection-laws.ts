import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { handledTypes, type Projection } from '#projections/engine/definition.ts'
import type { EventFeed } from '#projections/engine/event-feed.ts'
import { beginRebuild } from '#projections/engine/generations.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { RecordedLog } from '#test/support/recorded-log.ts'
import { rowsOf, rowsThrough, startRunning } from '#test/support/running-projections.ts'

/** What every projection must hold to, on real Postgres. `events` should make it do all it can do. */
export const projectionLaws = (projection: Projection, events: readonly Recorded[]): void => {
  describe(`the laws, for ${projection.name}`, () => {
    let database: FreshDatabase
    let expected: Record<string, string[]>
    const handled = events.filter(({ type }) => handledTypes(projection).includes(type))
    const last = events.at(-1)?.position ?? null

    const forget = async () => {
      await database.pool.query(`
        drop schema if exists noctuary cascade; drop schema if exists public cascade; create schema public`)
      const { rows } = await database.pool.query(
        `select nspname from pg_namespace where nspname like '${projection.name}_v%'`,
      )
      for (const { nspname } of rows) await database.pool.query(`drop schema ${nspname} cascade`)
    }

    /** Runs it until it has seen all there is. */
    const run = async (feed: EventFeed, end = last?.commit) => {
      await using running = startRunning([projection], { pool: database.pool, feed })
      await running.until(
        ({ role, state, checkpoint }) =>
          role === 'live' && state === 'live' && checkpoint.position?.commit === end,
      )
      return running.of(projection.name)
    }

    const rowsAfter = async (feed: EventFeed, end?: bigint) => {
      await forget()
      await run(feed, end)
      return rowsOf(database.pool, projection)
    }

    const rebuilt = async (feed: EventFeed) => {
      const generation = await beginRebuild(database.pool, projection)
      await using running = startRunning([projection], { pool: database.pool, feed })
      await running.until((status) => status.generation === generation && status.role === 'live')
      return rowsOf(database.pool, projection)
    }

    beforeAll(async () => {
      database = await freshDatabase()
      expected = await rowsAfter(new RecordedLog(events))
    })
    afterAll(() => database.drop())

    it('the sample makes rows in every table', () => {
      for (const rows of Object.values(expected)) expect(rows.length).toBeGreaterThan(0)
    })

    it.each([1, 7, 64, 100_000])('batches of %d change nothing', async (size) =>
      expect(await rowsAfter(new RecordedLog(events, { batchSize: () => size }))).toEqual(expected),
    )

    it('an event delivered twice changes nothing', async () => {
      await forget()
      const status = await run(new RecordedLog(events, { batchSize: () => 13, times: 2 }))
      expect(await rowsOf(database.pool, projection)).toEqual(expected)
      expect(status?.checkpoint.events).toBe(handled.length)
    })

    it('a crash between any two batches changes nothing', async () => {
      await forget()
      const size = Math.ceil(events.length / 12)
      for (let upTo = size; upTo < events.length + size; upTo += size) {
        // What is there of the log when the program dies; the next one begins where it stopped, or earlier.
        const log = new RecordedLog(events.slice(0, upTo), { batchSize: () => size })
        const end = events[Math.min(upTo, events.length) - 1]?.position.commit
        await using running = startRunning([projection], { pool: database.pool, feed: log })
        await running.until(({ checkpoint }) => checkpoint.position?.commit === end)
      }
      expect(await rowsOf(database.pool, projection)).toEqual(expected)
    })

    it('a rebuild makes what live made', async () => {
      await forget()
      const log = new RecordedLog(events)
      await run(log)
      expect(await rebuilt(log)).toEqual(expected)
    })

    it('a rebuild run twice makes what one makes', async () => {
      await forget()
      const log = new RecordedLog(events, { batchSize: () => 50 })
      await run(log)
      await rebuilt(log)
      expect(await rebuilt(log)).toEqual(expected)
    })

    it('dropped and run again, it gives the same rows byte for byte', async () => {
      await forget()
      const log = new RecordedLog(events)
      await run(log)
      await database.pool.query(`drop schema ${projection.name}_v${projection.version}_g1 cascade`)
      await run(log)
      expect(await rowsOf(database.pool, projection)).toEqual(expected)
    })

    it.each([1, 3 / 7, 1 / 9])('as of %d of the log it is what live was there', async (share) => {
      const then = events.slice(0, Math.ceil(events.length * share))
      const position = then.at(-1)?.position.commit ?? 0n
      const feed = new RecordedLog(events)
      const asThen = share === 1 ? expected : await rowsAfter(new RecordedLog(then), position)
      const asOfThen = async () => {
        await using asOf = new AsOf({
          pool: database.pool,
          feed,
          clock: systemClock,
          projections: [projection],
        })
        return await asOf.read([projection.name], { position }, (db) => rowsThrough(db, projection))
      }
      // From the rows of a live generation that has seen more, and from the log alone.
      await rowsAfter(feed)
      expect(await asOfThen()).toEqual(asThen)
      await forget()
      expect(await asOfThen()).toEqual(asThen)
    })

    it('an empty log makes empty tables', async () => {
      await forget()
      await using running = startRunning([projection], { pool: database.pool, feed: new RecordedLog() })
      const { checkpoint } = await running.until(({ state }) => state === 'live')
      expect(checkpoint).toEqual({ position: null, events: 0, lastOccurredAt: null })
      for (const rows of Object.values(await rowsOf(database.pool, projection))) expect(rows).toEqual([])
    })
  })
}
