import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { LogUnavailable } from '#projections/journal/event-reader.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { answered, record, seconds } from '#test/support/recorded-night.ts'

const stream = 'environment-osm-2026-11-20'
const end = { commit: 2n ** 62n, prepare: 2n ** 62n }
const start = { commit: 0n, prepare: 0n }

let log: FreshEventStore
let all: Recorded[]

const between = async (first = start, last = end): Promise<Recorded[]> => {
  const events: Recorded[] = []
  for await (const event of log.store.readBetween(first, last)) events.push(event)
  return events
}

const at = (index: number): Recorded => {
  const event = all.at(index)
  if (!event) throw new Error(`there is no event ${index}`)
  return event
}

// Some 1,200 events: more than a page of the reader.
beforeAll(async () => {
  log = await freshEventStore()
  await record(
    log.store,
    seconds(0, 3990).map((second) => answered(second)),
  )
  all = await between()
})
afterAll(() => log[Symbol.asyncDispose]())

describe('reading a stretch of the log', () => {
  it('gives every event of ours once, in order, over as many pages as it takes', async () => {
    expect(all.length).toBeGreaterThan(1_200)
    expect(all.map(({ revision }) => revision)).toEqual(all.map((_, i) => BigInt(i)))
    expect(new Set(all.map((event) => event.stream))).toEqual(new Set([stream]))
  })

  it('has both ends included, wherever they lie', async () => {
    for (const [from, to] of [
      [0, 0],
      [5, 9],
      [990, 1010],
      [all.length - 1, all.length - 1],
    ] as const) {
      const ids = (await between(at(from).position, at(to).position)).map(({ id }) => id)
      expect(ids).toEqual(all.slice(from, to + 1).map(({ id }) => id))
    }
  })

  it('may be left early', async () => {
    for await (const { id } of log.store.readBetween(start, end)) {
      expect(id).toBe(at(0).id)
      break
    }
  })
})

describe('reading one event', () => {
  it('gives it with its data', async () => expect(await log.store.readEvent(stream, 7n)).toEqual(at(7)))

  it('gives null for one that is not there', async () => {
    expect(await log.store.readEvent(stream, BigInt(all.length))).toBeNull()
    expect(await log.store.readEvent('environment-osm-1999-12-31', 0n)).toBeNull()
  })
})

describe('what cannot be read', () => {
  it('is an event of a newer program, named', async () => {
    const client = EventStoreDBClient.connectionString(log.url)
    const credentials = { username: 'test', password: 'test' }
    const { metadata } = at(0)
    await client.appendToStream(
      'night-osm-2026-11-20',
      jsonEvent({ type: 'RoofBloomed', data: { petals: 5 }, metadata: { ...metadata } }),
      { credentials },
    )
    await client.dispose()
    await expect(log.store.readEvent('night-osm-2026-11-20', 0n)).rejects.toThrow(UndecodableEvent)
    await expect(between()).rejects.toThrow(/RoofBloomed version 1: no event of this type/)
  })

  it('is a log that is away', async () => {
    const away = openEventStore(`esdb://127.0.0.1:${await freePort()}?tls=false`)
    await expect(away.readEvent(stream, 0n)).rejects.toThrow(LogUnavailable)
    await away.close()
  })
})
