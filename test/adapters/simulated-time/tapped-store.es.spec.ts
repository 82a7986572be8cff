import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { openSimulatedLog } from '#adapters/simulated-time/open-log.ts'
import { tapStore } from '#adapters/simulated-time/tapped-store.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { EventFeed } from '#commands/event-feed.ts'
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

type Opened = EventStore & EventFeed

/** Opens an empty log, hands it to `use`, and closes it. */
type WithLog = <T>(clock: VirtualClock, use: (log: Opened) => Promise<T>) => Promise<T>

const overTheWire: WithLog = async (_, use) => {
  await using log = await freshEventStore()
  return await use(log.store)
}

const withinTheProcess: WithLog = async (clock, use) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-simulated-'))
  const log = await openSimulatedLog(folder, clock)
  try {
    return await use(log)
  } finally {
    await log.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const types = [
  ...weatherHold.handles,
  'ObservingSuspended',
  'ObservingResumed',
  'ProcessReacted',
  'TimerFired',
  'ProcessCommandRefused',
]

const allOf = async (log: EventFeed): Promise<Recorded[]> => {
  const events: Recorded[] = []
  for await (const batch of log.follow(types, null, AbortSignal.timeout(20_000))) {
    events.push(...batch.events)
    if (batch.caughtUp) break
  }
  return events
}

/** A night of two pollers and two process managers that dispatch to the same subject; the log it wrote. */
const simulate = (hours: number, withLog: WithLog): Promise<Recorded[]> => {
  const clock = new VirtualClock(epochMsOf(dusk))
  return withLog(clock, async (log) => {
    const over = new AbortController()
    const store = await tapStore(log, clock, over.signal)
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
    return allOf(log)
  })
}

const written = (events: readonly Recorded[]) =>
  events.map((event) => JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))

describe('a system on simulated time', () => {
  it('writes the same log twice, byte for byte, over the wire and within the process', async () => {
    const first = await simulate(3, withinTheProcess)
    expect(first.length).toBeGreaterThan(300)
    expect(new Set(first.map(({ type }) => type)).size).toBe(6)
    expect(written(await simulate(3, withinTheProcess))).toEqual(written(first))
    const wire = await simulate(3, overTheWire)
    expect(written(await simulate(3, overTheWire))).toEqual(written(wire))
    // The two logs hold the same events; where they begin in their files may differ.
    expect(wire.map(({ id, data, type }) => (type === 'ProcessReacted' ? id : { id, data }))).toEqual(
      first.map(({ id, data, type }) => (type === 'ProcessReacted' ? id : { id, data })),
    )
  })

  it('fires timers at their instants, and does what follows before time goes on', async () => {
    const fired = (await simulate(3, withinTheProcess)).filter(({ type }) => type === 'TimerFired')
    expect(fired.length).toBeGreaterThan(3)
    for (const { metadata, data } of fired) expect(data).toMatchObject({ dueAt: metadata.occurredAt })
  })

  it('leaves a folder that the embedded event store opens', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-simulated-'))
    const clock = new VirtualClock(epochMsOf(dusk))
    const log = await openSimulatedLog(folder, clock)
    await log.append('environment-osm-2026-11-20', [verdictEvent('safe', dusk)], 'none')
    const written = await allOf(log)
    await log.close()
    const server = await launchEmbeddedEventStore({ dataDir: folder })
    const store = openEventStore(server.url)
    expect(await allOf(store)).toEqual(written)
    await store.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })
})
