import { describe, expect, it, vi } from 'vitest'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { nightBefore, nightOf } from '#domain/shared/night.ts'
import { instantOf } from '#domain/shared/time.ts'
import { type Observatory, startObservatory } from './observatory.ts'

const assessmentsIn = async ({ store, site }: Observatory): Promise<Recorded[]> => {
  const found: Recorded[] = []
  const night = nightOf(instantOf(Date.now()), site.timeZone)
  for (const name of [night, nightBefore(night)]) {
    for await (const event of store.readBackwards(environmentStream(site.id, name))) {
      if (event.type === 'EnvironmentAssessed') found.unshift(event)
    }
  }
  return found
}

const rowsIn = async ({ pool }: Observatory): Promise<string[]> =>
  (await pool.query('select updated from weatherwatch order by id')).rows.map(({ updated }) => updated)

/** Every acknowledged reading is in the log once and in the read model once, and nothing else is. */
const expectNothingLostOrDoubled = async (observatory: Observatory) => {
  await observatory.monitor.stop()
  const logged = (await assessmentsIn(observatory)).map(({ metadata }) => metadata.occurredAt)
  expect(new Set(logged).size).toBe(logged.length)
  const acknowledged = observatory.acknowledged.filter(({ assessed }) => assessed).map(({ at }) => at)
  expect(acknowledged.filter((at) => !logged.includes(at))).toEqual([])
  await vi.waitFor(async () => expect(await rowsIn(observatory)).toEqual(logged), {
    timeout: 20_000,
    interval: 50,
  })
}

const kill = (pid: number | null) => {
  if (pid === null) throw new Error('there is no process to kill')
  process.kill(pid, 'SIGKILL')
}

describe('a server killed with -9 while the observatory runs', () => {
  it('P53 W10 the event store: no acknowledged reading is lost, none is doubled', async () => {
    await using observatory = await startObservatory()
    for (let kills = 0; kills < 3; kills++) {
      await observatory.morePolls(5)
      kill(observatory.eventStore.pid())
      await observatory.morePolls(1)
    }
    await observatory.morePolls(5)
    await expectNothingLostOrDoubled(observatory)
  })

  it('P53 W10 Postgres: the read models go on where they stood', async () => {
    await using observatory = await startObservatory()
    for (let kills = 0; kills < 3; kills++) {
      await observatory.morePolls(5)
      kill(observatory.postgres.pid())
      await observatory.morePolls(1)
      await vi.waitFor(() => expect(observatory.postgres.pid()).not.toBeNull(), {
        timeout: 10_000,
        interval: 20,
      })
    }
    await observatory.morePolls(5)
    await expectNothingLostOrDoubled(observatory)
  })
})
