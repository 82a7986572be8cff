import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnvironmentAssessed } from '#domain/environment/events.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { startSpine } from '#test/support/spine.ts'

const startsAt = '2026-11-21T04:00:00.000Z'
let events: Recorded[] = []
let rows = 0

/** One round of the shipped scenario `hostile`: whatever a PLC can say wrongly, one after the other. */
beforeAll(async () => {
  await using log = await freshEventStore()
  await using database = await freshDatabase()
  const { store } = log
  await using spine = await startSpine({
    store,
    pool: database.pool,
    scenario: 'hostile',
    startsAt,
    plcTimeoutMs: 600,
  })
  await spine.clock.advanceBy(119_000)
  await spine.projected()
  for await (const event of store.readBackwards(environmentStream('osm', '2026-11-20'))) events.unshift(event)
  rows = (await spine.get('/api/weatherwatch?limit=1000')).body.items.length
})

afterAll(() => {
  events = []
})

const isAssessed = (event: Recorded): event is Recorded<EnvironmentAssessed> =>
  event.type === 'EnvironmentAssessed'

/** What is on record between two iterations of the scenario, one a second. */
const between = (from: number, to: number): Recorded[] =>
  events.filter(({ metadata }) => {
    const second = (epochMsOf(metadata.occurredAt) - epochMsOf(startsAt)) / 1_000
    return second >= from && second < to
  })

const assessedBetween = (from: number, to: number) => between(from, to).filter(isAssessed)
const typesBetween = (from: number, to: number) => new Set(between(from, to).map(({ type }) => type))
const flagsBetween = (from: number, to: number) =>
  assessedBetween(from, to).flatMap(({ data }) => data.flags.map(({ code, device }) => `${code} ${device}`))

describe('a PLC that says everything wrong there is', () => {
  it.each([
    ['no JSON', 10, 15, 'INVALID_JSON'],
    ['half a reply', 20, 25, 'INVALID_JSON'],
    ['the wrong shape', 55, 57, 'WRONG_SHAPE'],
    ['too much', 57, 60, 'TOO_LARGE'],
  ])('P5 %s is on record as it came, with the reason', (_, from, to, reason) => {
    const rejections = between(from, to).filter(({ type }) => type === 'PlcReplyRejected')
    for (const { data } of rejections) expect(data).toMatchObject({ raw: expect.any(String) })
    // On a busy machine the time may be up in the middle of a long reply: that one has no end.
    expect(rejections.map(({ data }) => data)).toContainEqual(expect.objectContaining({ reason }))
    expect(assessedBetween(from, to)).toEqual([])
  })

  it('P14 silence and a broken line are outages, each told once, and over at the next answer', () => {
    expect(typesBetween(30, 35)).toContain('PlcLinkLost')
    expect(typesBetween(35, 40)).toContain('PlcLinkRestored')
    const outages = events.filter(({ type }) => type === 'PlcLinkLost').length
    expect(events.filter(({ type }) => type === 'PlcLinkRestored').length).toBeGreaterThanOrEqual(outages - 1)
  })

  it('split and glued packets are answers like any other', () => {
    expect(assessedBetween(45, 50).length).toBeGreaterThanOrEqual(2)
  })

  it('a wrong unit is flagged and never taken for a value', () => {
    expect(flagsBetween(61, 65)).toContain('UNEXPECTED_UNIT WXT520')
    for (const { data } of assessedBetween(61, 65)) expect(data.weather.temperatureC).toBeLessThan(30)
  })

  it('a missing value is flagged, and null or another sensor’s, never 0', () => {
    expect(flagsBetween(66, 70)).toContain('MISSING_VALUE WXT520')
    for (const { data } of assessedBetween(66, 70)) expect(data.weather.humidityPercent).not.toBe(0)
  })

  it('a device never seen is on record and flagged', () => {
    expect(flagsBetween(81, 90)).toContain('UNKNOWN_DEVICE SKYCAM')
  })

  it('and every answered poll became one row', () => {
    expect(rows).toBe(events.filter(isAssessed).length)
  })
})
