import { describe, expect, it } from 'vitest'
import { tapStore } from '#adapters/simulated-time/tapped-store.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { EventStore } from '#commands/event-store.ts'
import { runProcess } from '#commands/process/runner.ts'
import type { CourseEvent } from '#domain/night/course-events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { ProcessManager } from '#domain/shared/process.ts'
import { addSeconds, epochMsOf, instantOf } from '#domain/shared/time.ts'
import { observatorySite } from '#test/support/agents.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import {
  type HoldCommand,
  holdDispatch,
  holdNight,
  verdictEvent,
  weatherHold,
} from '#test/support/weather-hold.ts'

const dusk = '2026-11-21T02:00:00.000Z'

/** Suspends again five minutes after each resuming: it gets in the other's way. */
const contrary: ProcessManager<null, Extract<CourseEvent, { type: 'ObservingResumed' }>, HoldCommand> = {
  name: 'contrary',
  initial: null,
  handles: ['ObservingResumed'],
  instanceOf: ({ metadata }) => metadata.night,
  evolve: (state) => state,
  react: (_, { type, metadata: { night, occurredAt } }) => {
    if (type === 'ProcessCommandRefused') return []
    if (type === 'TimerFired') return [{ kind: 'dispatch', command: { type: 'SuspendNight', night } }]
    return [{ kind: 'wakeAt', timer: 'again', at: addSeconds(occurredAt, 300) }]
  },
}

/** Gives verdicts on a grid of its own; some are bad. */
const poll = async (store: EventStore, clock: Clock, name: string, everyS: number, signal: AbortSignal) => {
  let revision: bigint | 'none' = 'none'
  for (let n = 1; ; n++) {
    await clock.sleepUntil(epochMsOf(dusk) + n * everyS * 1000, signal)
    const verdict = verdictEvent((n * everyS) % 1400 < 100 ? 'unsafe' : 'safe', instantOf(clock.now()), name)
    revision = (await store.append(`environment-${name}-${holdNight}`, [verdict], revision)).revision
  }
}

/** A night of two pollers and two process managers that dispatch to the same subject; the log it wrote. */
const simulate = async (hours: number): Promise<Recorded[]> => {
  await using log = await freshEventStore()
  const clock = new VirtualClock(epochMsOf(dusk))
  const over = new AbortController()
  const store = await tapStore(log.store, clock, over.signal)
  const parts = { store, feed: store, clock, site: observatorySite, simulated: true }
  const dispatch = holdDispatch(store)
  const running = [
    runProcess({ ...parts, manager: weatherHold, dispatch }, over.signal),
    runProcess({ ...parts, manager: contrary, dispatch }, over.signal),
    poll(store, clock, 'north', 60, over.signal).catch(() => {}),
    poll(store, clock, 'south', 90, over.signal).catch(() => {}),
  ]
  await clock.advanceBy(hours * 3_600_000)
  over.abort()
  await Promise.all(running)
  const events: Recorded[] = []
  const types = [
    ...weatherHold.handles,
    'ObservingSuspended',
    'ObservingResumed',
    'ProcessReacted',
    'TimerFired',
  ]
  for await (const batch of log.store.follow(
    [...types, 'ProcessCommandRefused'],
    null,
    AbortSignal.timeout(20_000),
  )) {
    events.push(...batch.events)
    if (batch.caughtUp) break
  }
  return events
}

const written = (events: readonly Recorded[]) =>
  events.map((event) => JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))

describe('a system on simulated time', () => {
  it('writes the same log twice, byte for byte', async () => {
    const [first, second] = [await simulate(6), await simulate(6)]
    expect(first.length).toBeGreaterThan(600)
    expect(new Set(first.map(({ type }) => type)).size).toBe(6)
    expect(written(second)).toEqual(written(first))
  })

  it('fires timers and does what follows before time goes on', async () => {
    for (const event of await simulate(3)) {
      if (event.type === 'TimerFired')
        expect(event.metadata.occurredAt).toBe((event.data as { dueAt: string }).dueAt)
    }
  })
})
