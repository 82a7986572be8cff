import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import { scheduleStream } from '#domain/planning/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { planningLog, streamOf } from '#test/support/planning-log.ts'
import { startRunningPlanner } from '#test/support/running-planner.ts'
import { requestGiven } from '#test/support/submitted-requests.ts'

const night = '2026-11-20'
const afternoon = '2026-11-20T23:00:00.000Z'

let log: FreshEventStore
let world: ReturnType<typeof planningLog>
let clock: VirtualClock

beforeEach(async () => {
  log = await freshEventStore()
  world = planningLog(log.store)
  clock = new VirtualClock(Date.parse(afternoon))
})
afterEach(() => log[Symbol.asyncDispose]())

const published = async (): Promise<Recorded<SchedulePublished>[]> =>
  (await streamOf(log.store, scheduleStream('osm', night))).filter(
    (event): event is Recorded<SchedulePublished> => event.type === 'SchedulePublished',
  )

const submitted = (requestId: string, given: Parameters<typeof requestGiven>[1] = {}, at = afternoon) => ({
  type: 'RequestSubmitted' as const,
  data: requestGiven(requestId, given),
  stream: `request-${requestId}`,
  at,
})

describe('the planner', () => {
  it('P29 plans the coming night in the afternoon, at once when something is submitted', async () => {
    await using planner = startRunningPlanner({ store: log.store, clock })
    await planner.until((said) => said.some(({ kind }) => kind === 'published'))
    await world.happens(submitted('m31'))
    await planner.until((said) => said.filter(({ kind }) => kind === 'published').length === 2)
    const [first, second] = await published()
    expect(first?.data.placed).toEqual([])
    expect(second?.data).toMatchObject({
      scheduleVersion: 2,
      asks: [{ why: 'submission' }],
      placed: [{ sequenceId: 'm31.1', requestId: 'm31', kind: 'planned' }],
      changes: { added: [{ sequenceId: 'm31.1' }], dropped: [], moved: [] },
    })
  })
})
