import { expect, it } from 'vitest'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { startSpine } from '#test/support/spine.ts'

const outage = {
  startsAt: '2026-11-21T04:00:00.000Z',
  night: '2026-11-20',
  firstIteration: 10,
  iterations: 20,
}

it('P51 W8 a PLC gone for 20 s gives one lost and one restored, and polling goes on within two periods', async () => {
  await using log = await freshEventStore()
  await using database = await freshDatabase()
  await using spine = await startSpine({
    store: log.store,
    pool: database.pool,
    scenario: 'plc-outage',
    startsAt: outage.startsAt,
  })
  await spine.clock.advanceBy(45_000)
  await spine.projected()

  const events: Recorded[] = []
  for await (const event of log.store.readBackwards(environmentStream('osm', outage.night)))
    events.unshift(event)
  const ofType = (type: string) => events.filter((event) => event.type === type)
  expect(ofType('PlcLinkLost')).toHaveLength(1)
  expect(ofType('PlcLinkRestored')).toHaveLength(1)

  const back = epochMsOf(outage.startsAt) + (outage.firstIteration + outage.iterations) * 1_000
  const polls = ofType('EnvironmentAssessed').map(({ metadata }) => epochMsOf(metadata.occurredAt))
  const firstAfter = polls.find((at) => at >= back) ?? Number.POSITIVE_INFINITY
  expect(firstAfter - back).toBeLessThanOrEqual(4_000)
  expect(polls.filter((at) => at >= firstAfter).length).toBeGreaterThan(5)

  const { body } = await spine.get('/api/environment')
  expect(body.plcLink).toMatchObject({ state: 'up' })
  expect((await spine.get('/api/weatherwatch?limit=100')).body.items).toHaveLength(polls.length)
})

it('a PLC gone for longer than a quantity stays fresh makes it unknown, and the verdict with it', async () => {
  await using log = await freshEventStore()
  await using database = await freshDatabase()
  await using spine = await startSpine({ store: log.store, pool: database.pool, scenario: 'plc-outage' })
  // Rain is stale after 10 s: half-way through the outage it is unknown.
  await spine.clock.advanceBy(27_000)
  await spine.projected()
  const { body } = await spine.get('/api/environment')
  expect(body.plcLink).toMatchObject({ state: 'lost' })
  expect(body.verdict).toMatchObject({ state: 'unknown', mayOpen: false })
  const rain = body.quantities.find(({ quantity }: { quantity: string }) => quantity === 'rain')
  expect(rain).toMatchObject({ state: 'unknown', value: null, action: 'secure' })
})
