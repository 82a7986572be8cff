import { beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { AsOf } from '#projections/engine/as-of/as-of.ts'
import { handledTypes, type Projection, schemaOf } from '#projections/engine/definition.ts'
import type { EventFeed } from '#projections/engine/event-feed.ts'
import { beginRebuild } from '#projections/engine/generations.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'
import { readModels } from '#projections/read-database.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { RecordedLog } from '#test/support/recorded-log.ts'
import { rowsThrough, startRunning } from '#test/support/running-projections.ts'

/** Rows by table; no two read models have a table of the same name. */
type Rows = Record<string, string[]>

/** A database for as long as a law is looked at, with these projections in it. */
const ground = async (projections: readonly Projection[]) => {
  const database: FreshDatabase = await freshDatabase()
  const { pool } = database

  const rows = async (db = readModels(pool)): Promise<Rows> => {
    const all: Rows = {}
    for (const projection of projections) Object.assign(all, await rowsThrough(db, projection))
    return all
  }

  /** Runs all until each is as wanted; says how each was then. */
  const runUntil = async (feed: EventFeed, wanted: (status: ProjectionStatus) => boolean) => {
    await using running = startRunning(projections, { pool, feed })
    const isReached = (status: ProjectionStatus) => {
      if (status.error) throw new Error(`${status.name} is ${status.state}: ${status.error}`)
      return wanted(status)
    }
    return await Promise.all(
      projections.map(({ name }) => running.until((status) => status.name === name && isReached(status))),
    )
  }

  /** Runs them until they have seen all there is. */
  const run = async (feed: EventFeed) => {
    const end = (await feed.head())?.commit
    return runUntil(
      feed,
      ({ role, state, checkpoint }) =>
        role === 'live' && state === 'live' && checkpoint.position?.commit === end,
    )
  }

  const rebuild = async (feed: EventFeed) => {
    const building = new Map<string, number>()
    for (const projection of projections) building.set(projection.name, await beginRebuild(pool, projection))
    await runUntil(feed, ({ name, generation, role }) => generation === building.get(name) && role === 'live')
  }

  return { pool, rows, run, runUntil, rebuild, [Symbol.asyncDispose]: () => database.drop() }
}

/** What every projection must hold to, on real Postgres. `events` should make them do all they can do. */
export const projectionLaws = (projections: readonly Projection[], events: readonly Recorded[]): void => {
  const rowsAfter = async (feed: EventFeed): Promise<Rows> => {
    await using here = await ground(projections)
    await here.run(feed)
    return await here.rows()
  }

  describe('every projection', () => {
    let expected: Rows
    beforeAll(async () => {
      expected = await rowsAfter(new RecordedLog(events))
    })

    it('has tables with names of their own, as they are asked for without saying whose', () => {
      const names = projections.flatMap(({ tables }) => Object.keys(tables))
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    })

    it('makes rows of the sample in every table', () =>
      expect(Object.keys(expected).filter((table) => expected[table]?.length === 0)).toEqual([]))

    it.each([1, 7, 100_000])('makes the same of batches of %d', async (size) =>
      expect(await rowsAfter(new RecordedLog(events, { batchSize: () => size }))).toEqual(expected),
    )

    it('makes the same of events that are delivered twice, and counts them once', async () => {
      await using here = await ground(projections)
      const statuses = await here.run(new RecordedLog(events, { batchSize: () => 13, times: 2 }))
      expect(await here.rows()).toEqual(expected)
      expect(statuses.map(({ name, checkpoint }) => [name, checkpoint.events])).toEqual(
        projections.map((projection) => [
          projection.name,
          events.filter(({ type }) => handledTypes(projection).includes(type)).length,
        ]),
      )
    })

    it('makes the same when it dies between two batches, again and again', async () => {
      await using here = await ground(projections)
      const size = Math.ceil(events.length / 12)
      for (let upTo = size; upTo < events.length + size; upTo += size) {
        // What is there of the log when the program dies; the next one begins where it stopped, or earlier.
        const log = new RecordedLog(events.slice(0, upTo), { batchSize: () => size })
        const end = (await log.head())?.commit
        await here.runUntil(log, ({ checkpoint }) => checkpoint.position?.commit === end)
      }
      expect(await here.rows()).toEqual(expected)
    })

    it('makes the same in a rebuild, and in another', async () => {
      await using here = await ground(projections)
      const log = new RecordedLog(events, { batchSize: () => 50 })
      await here.run(log)
      await here.rebuild(log)
      expect(await here.rows()).toEqual(expected)
      await here.rebuild(log)
      expect(await here.rows()).toEqual(expected)
    })

    it('makes the same rows byte for byte when they are dropped', async () => {
      await using here = await ground(projections)
      const log = new RecordedLog(events)
      await here.run(log)
      for (const { name, version } of projections)
        await here.pool.query(`drop schema ${schemaOf(name, version, 1)} cascade`)
      await here.run(log)
      expect(await here.rows()).toEqual(expected)
    })

    it.each([1, 3 / 7, 1 / 9])('is as of %d of the log what it was live there', async (share) => {
      const then = events.slice(0, Math.ceil(events.length * share))
      const position = then.at(-1)?.position.commit ?? 0n
      const asThen = share === 1 ? expected : await rowsAfter(new RecordedLog(then))
      await using here = await ground(projections)
      const feed = new RecordedLog(events)
      const asOfThen = async () => {
        await using asOf = new AsOf({ pool: here.pool, feed, clock: systemClock, projections })
        const names = projections.map(({ name }) => name)
        return await asOf.read(names, { position }, (db) => here.rows(db))
      }
      // From the log alone, and from the rows of a live generation that has seen more.
      expect(await asOfThen()).toEqual(asThen)
      await here.run(feed)
      expect(await asOfThen()).toEqual(asThen)
    })

    it('makes empty tables of an empty log', async () => {
      await using here = await ground(projections)
      const statuses = await here.runUntil(new RecordedLog(), ({ state }) => state === 'live')
      for (const { checkpoint } of statuses)
        expect(checkpoint).toEqual({ position: null, events: 0, lastOccurredAt: null })
      for (const rows of Object.values(await here.rows())) expect(rows).toEqual([])
    })
  })
}
