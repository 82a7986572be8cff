import { describe, expect, it } from 'vitest'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { EventStore } from '#commands/event-store.ts'
import { StoreUnavailable } from '#commands/event-store.ts'
import type { ProcessStatus } from '#commands/process/parts.ts'
import { runProcess } from '#commands/process/runner.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { addSeconds, epochMsOf } from '#domain/shared/time.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { logOf } from '#test/support/log-of.ts'
import {
  holdDispatch,
  holdNight,
  resumeAfterS,
  verdictEvent,
  weatherHold,
} from '#test/support/weather-hold.ts'

const dusk = '2026-11-21T02:00:00.000Z'
const at = (seconds: number) => addSeconds(dusk, seconds)
const site = { id: 'osm', timeZone: 'America/Mexico_City' }
const environment = `environment-osm-${holdNight}`

const give = async (
  store: EventStore,
  state: 'safe' | 'unsafe',
  seconds: number,
  revision: bigint | 'none',
) => (await store.append(environment, [verdictEvent(state, at(seconds))], revision)).revision

/** A runner over a store, until it is stopped; `until` waits for a status. */
const start = (
  open: OpenEventStore,
  clock: VirtualClock,
  store: EventStore = open,
  dispatch = holdDispatch(store),
) => {
  const stopping = new AbortController()
  const waiting = new Set<{ met: (status: ProcessStatus) => boolean; resolve: () => void }>()
  const onStatus = (status: ProcessStatus) => {
    for (const one of waiting) if (one.met(status)) one.resolve()
  }
  const parts = { manager: weatherHold, store, feed: open, clock, site, simulated: false, dispatch, onStatus }
  const running = runProcess(parts, stopping.signal)
  return {
    until: (met: (status: ProcessStatus) => boolean) =>
      Promise.race([running, new Promise<void>((resolve) => waiting.add({ met, resolve }))]),
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

const types = (events: readonly Recorded[]) => events.map(({ type }) => type)
const process = `process-weatherHold-${holdNight}`
const nightStream = `night-osm-${holdNight}`

describe('the process runner', () => {
  it('puts a decision on record before it does what was decided', async () => {
    await using log = await freshEventStore()
    const clock = new VirtualClock(epochMsOf(dusk))
    const runner = start(log.store, clock)
    await give(log.store, 'unsafe', 0, 'none')
    await runner.until(({ decided }) => decided === 1)
    await runner.stop()

    const [verdict] = await logOf(log.store, environment)
    const [reacted] = await logOf(log.store, process)
    const [suspended] = await logOf(log.store, nightStream)
    expect(reacted).toMatchObject({
      type: 'ProcessReacted',
      data: {
        process: 'weatherHold',
        instance: holdNight,
        answers: { eventId: verdict?.id, commit: `${verdict?.position.commit}` },
        effects: [{ kind: 'cancel' }, { kind: 'dispatch', command: { type: 'SuspendNight' } }],
      },
      metadata: { causationId: verdict?.id, night: holdNight },
    })
    expect(suspended).toMatchObject({
      type: 'ObservingSuspended',
      metadata: { causationId: reacted?.id, correlationId: verdict?.id },
    })
  })

  it('fires a timer once its instant has come, also one that was set in a life before', async () => {
    await using log = await freshEventStore()
    const clock = new VirtualClock(epochMsOf(dusk))
    const first = start(log.store, clock)
    const revision = await give(log.store, 'unsafe', 0, 'none')
    await give(log.store, 'safe', 1, revision)
    await first.until(({ decided }) => decided === 2)
    await first.stop()
    expect(types(await logOf(log.store, nightStream))).toEqual(['ObservingSuspended'])

    await clock.advanceBy((resumeAfterS + 1) * 1000)
    const second = start(log.store, clock)
    await second.until(({ decided }) => decided === 1)
    await second.stop()
    expect(types(await logOf(log.store, process))).toEqual([
      'ProcessReacted',
      'ProcessReacted',
      'TimerFired',
      'ProcessReacted',
    ])
    expect(types(await logOf(log.store, nightStream))).toEqual(['ObservingSuspended', 'ObservingResumed'])
  })

  it('sends nothing and sets no timer for what has been answered', async () => {
    await using log = await freshEventStore()
    const clock = new VirtualClock(epochMsOf(dusk))
    const first = start(log.store, clock)
    const revision = await give(log.store, 'unsafe', 0, 'none')
    await give(log.store, 'safe', 1, revision)
    await first.until(({ decided }) => decided === 2)
    await clock.advanceBy((resumeAfterS + 1) * 1000)
    await first.until(({ decided }) => decided === 3)
    await first.stop()
    const before = await log.store.head()

    const sent: string[] = []
    const again = start(log.store, clock, log.store, async ({ type }) => {
      sent.push(type)
    })
    await again.until(({ state }) => state === 'live')
    await clock.advanceBy(2 * resumeAfterS * 1000)
    await again.stop()
    // The last decision's commands alone are sent again: it may have been cut short.
    expect(sent).toEqual(['ResumeNight'])
    expect(await log.store.head()).toEqual(before)
  })

  it('records a refused command, once, and tells the process manager', async () => {
    await using log = await freshEventStore()
    const clock = new VirtualClock(epochMsOf(dusk))
    const actor = { kind: 'user', id: 'ada' } as const
    const envelope = { commandId: uuidFrom('by-hand', noctuaryNamespace), at: dusk, night: holdNight, actor }
    await holdDispatch(log.store)({ type: 'SuspendNight', night: holdNight }, envelope)
    const first = start(log.store, clock)
    await give(log.store, 'unsafe', 0, 'none')
    await first.until(({ handled }) => handled === 3)
    await first.stop()
    const second = start(log.store, clock)
    await second.until(({ state }) => state === 'live')
    await second.stop()
    const refusals = (await logOf(log.store, process)).filter(({ type }) => type === 'ProcessCommandRefused')
    expect(refusals).toMatchObject([{ data: { command: 'SuspendNight', code: 'already_suspended' } }])
  })

  it('decides once when two run at the same time', async () => {
    await using log = await freshEventStore()
    const clock = new VirtualClock(epochMsOf(dusk))
    const runners = [start(log.store, clock), start(log.store, clock)]
    await Promise.all(runners.map((runner) => runner.until(({ state }) => state === 'live')))
    let revision: bigint | 'none' = 'none'
    for (let second = 0; second < 20; second++)
      revision = await give(log.store, second % 2 ? 'safe' : 'unsafe', second, revision)
    await expect.poll(async () => (await logOf(log.store, process)).length).toBeGreaterThanOrEqual(20)
    await Promise.all(runners.map((runner) => runner.stop()))
    const reactions = (await logOf(log.store, process)).filter(({ type }) => type === 'ProcessReacted')
    const answered = reactions.map(({ data }) => JSON.stringify(data))
    expect(new Set(answered).size).toBe(answered.length)
  })

  it('tries again in order while the store is away', async () => {
    await using log = await freshEventStore()
    const clock = new VirtualClock(epochMsOf(dusk))
    let outages = 3
    const flaky: EventStore = {
      readBackwards: (stream) => log.store.readBackwards(stream),
      append: async (...append) => {
        if (outages-- > 0) throw new StoreUnavailable(new Error('away'))
        return log.store.append(...append)
      },
    }
    const runner = start(log.store, clock, flaky)
    const revision = await give(log.store, 'unsafe', 0, 'none')
    await give(log.store, 'safe', 1, revision)
    const decided = runner.until((status) => status.decided === 2)
    for (let tries = 0; tries < 3; tries++) {
      await expect.poll(() => clock.pending()).toBe(1)
      await clock.advanceBy(500)
    }
    await decided
    await runner.stop()
    const reactions = await logOf(log.store, process)
    expect(reactions.map(({ metadata }) => metadata.causationId)).toEqual(
      (await logOf(log.store, environment)).map(({ id }) => id),
    )
  })
})
