import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { openSimulatedLog } from '#adapters/simulated-time/open-log.ts'
import { tapStore } from '#adapters/simulated-time/tapped-store.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { majordomeAgent } from '#api/parts/majordome.ts'
import type { EventStore } from '#commands/event-store.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import { nightOf } from '#domain/shared/night.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { nightStartsAt } from '#test/support/simulated-device.ts'
import { testFolder } from '#test/support/test-folder.ts'
import assessed from '../../fixtures/events/EnvironmentAssessed.v1.json' with { type: 'json' }

/** Judges the weather every two seconds until an instant. */
const judging = async (store: EventStore, clock: VirtualClock, untilMs: number) => {
  let expected: bigint | 'none' = 'none'
  while (clock.now() < untilMs) {
    const at = instantOf(clock.now())
    const id = randomUUID()
    const actor = { kind: 'program', id: 'test' } as const
    const night = nightOf(at, site.timeZone)
    const metadata = { occurredAt: at, correlationId: id, causationId: id, actor, site: site.id, night }
    const event = { id, type: 'EnvironmentAssessed', data: assessed, metadata }
    const { revision }: { revision: bigint } = await store.append(
      environmentStream(site.id, night),
      [event],
      expected,
    )
    expected = revision
    await clock.sleepUntil(clock.now() + 2_000)
  }
}

it('the conductor’s heart beats while somebody judges the weather, and no longer', async () => {
  const folder = await testFolder()
  const clock = new VirtualClock(nightStartsAt)
  const log = await openSimulatedLog(folder.path, clock)
  const over = new AbortController()
  const store = await tapStore(log, clock, over.signal)
  const beats: number[] = []
  const heart = { beat: async () => void beats.push((clock.now() - nightStartsAt) / 1000) }
  const said: string[] = []
  const agent = majordomeAgent({ store, clock, site, simulated: true }, heart, (line) => said.push(line))
  const failures: unknown[] = []
  await agent.initialize({
    signal: over.signal,
    fail: (error) => void failures.push(error),
    register: async () => {},
  })
  await agent.activate()
  await clock.advanceBy(20_000)
  expect(beats).toEqual([])
  void judging(store, clock, nightStartsAt + 60_000)
  await clock.advanceTo(nightStartsAt + 180_000)
  const [first = 0] = beats
  expect(first).toBeLessThan(22)
  expect(beats.slice(1).map((at, i) => at - (beats[i] ?? 0))).toEqual(Array(beats.length - 1).fill(5))
  // The last word on the weather is thirty seconds old then: unknown.
  expect(beats.at(-1)).toBeGreaterThan(80)
  expect(beats.at(-1)).toBeLessThan(90)
  expect(said).toContain('majordome: no beat to the dome: nobody judges the weather')
  expect(failures).toEqual([])
  over.abort()
  await agent.terminate()
  await log.close()
  await folder.remove()
})
