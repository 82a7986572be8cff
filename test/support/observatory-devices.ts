import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openDevice } from '#adapters/devices/device-client.ts'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { openPlcOutputs } from '#adapters/plc/plc-outputs.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { deviceAgent } from '#commands/devices/device-agent.ts'
import { powerCycleOn } from '#commands/devices/power-cycle.ts'
import { type DeviceOrder, requestDeviceCommand } from '#commands/devices/request-command.ts'
import type { EventStore, ProposedEvent } from '#commands/event-store.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import { conversationStream, deviceStream } from '#domain/devices/streams.ts'
import type { SafetyState } from '#domain/environment/events.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { ControlMode } from '#domain/night/course-events.ts'
import { nightStream } from '#domain/night/streams.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { nightOf } from '#domain/shared/night.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { cameraModels, SimulatedCamera } from '#simulators/camera.ts'
import type { SimulatedDevice } from '#simulators/device.ts'
import { deviceScenario } from '#simulators/device-scenario.ts'
import { DeviceServer } from '#simulators/device-server.ts'
import { SimulatedDome } from '#simulators/dome.ts'
import { PlcSimulator } from '#simulators/plc.ts'
import { followRail } from '#simulators/power-rail.ts'
import { SimulatedTelescope } from '#simulators/telescope.ts'
import type { SimulatorKey } from '#simulators/timeline.ts'
import assessed from '../fixtures/events/EnvironmentAssessed.v1.json' with { type: 'json' }
import { nightStartsAt } from './simulated-device.ts'

const site = sanPedroMartir
const majordome: Actor = { kind: 'agent', id: 'majordome' }
export const operator: Actor = { kind: 'user', id: 'olga' }

/** The same log, during whose work the clock stands. */
const standing = (store: OpenEventStore, clock: VirtualClock): OpenEventStore => ({
  ...store,
  append: (...args) => clock.holding('append', () => store.append(...args)),
  readBackwards: async function* (stream) {
    const release = clock.hold(`read of ${stream}`)
    try {
      yield* store.readBackwards(stream)
    } finally {
      release()
    }
  },
})

const append = async (store: EventStore, stream: string, { type, data }: DomainEvent, at: string) => {
  let revision: bigint | 'none' = 'none'
  for await (const event of store.readBackwards(stream)) {
    revision = event.revision
    break
  }
  const id = randomUUID()
  const metadata: ProposedEvent['metadata'] = {
    occurredAt: at,
    correlationId: id,
    causationId: id,
    actor: { kind: 'program', id: 'test' },
    site: site.id,
    night: nightOf(at, site.timeZone),
  }
  await store.append(stream, [{ id, type, data, metadata }], revision)
}

const keys: Readonly<Record<'dome' | 'telescope' | 'visible-camera', SimulatorKey>> = {
  dome: 'domeSimulator',
  telescope: 'telescopeSimulator',
  'visible-camera': 'visibleCameraSimulator',
}
type Served = keyof typeof keys

/**
 * Dome, telescope and a camera with their agents, on a real log and real sockets; weather, mode and heart are the test's.
 * With `relays` their power goes over a PLC, which has its agent too.
 */
export const observatoryDevices = async (
  log: OpenEventStore,
  entries: readonly unknown[] = [],
  { relays = false }: { relays?: boolean } = {},
) => {
  const clock = new VirtualClock(nightStartsAt)
  const store = standing(log, clock)
  const stopping = new AbortController()
  const dome = new SimulatedDome(site)
  const telescope = new SimulatedTelescope(site)
  const troubles: unknown[] = []
  const weather = { state: 'safe' as SafetyState, speaks: true }
  const heart = { beats: true }
  const now = () => instantOf(clock.now())
  const night = () => nightOf(now(), site.timeZone)

  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-images-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const serve = async (name: Served, device: SimulatedDevice) => {
    const scenario = deviceScenario([100_000, ...entries], keys[name])
    const server = new DeviceServer({ device, clock, scenario })
    const client = openDevice({
      ...(await server.listen({ port: 0 })),
      timeoutMs: 200,
      during: (what, work) => clock.holding(what, work),
    })
    return { server, client }
  }
  const served = {
    dome: await serve('dome', dome),
    telescope: await serve('telescope', telescope),
    'visible-camera': await serve('visible-camera', new SimulatedCamera(cameraModels.visible, site, folder)),
  }

  /** The PLC, and the cable from its relays. */
  const power = async () => {
    const simulator = new PlcSimulator({ clock, iterationMs: 1_000_000 })
    const address = await simulator.listen({ port: 0 })
    const client = openPlcOutputs({
      ...address,
      timeoutMs: 200,
      during: (what, work) => clock.holding(what, work),
    })
    const told = (without: ReadonlySet<string>) => {
      for (const [name, { server }] of Object.entries(served)) server.power(!without.has(name))
    }
    const cable = followRail(address, told, { clock, signal: stopping.signal })
    return { client, server: simulator, cable }
  }
  const plc = relays ? await power() : null

  /** An agent of its own process: stopped with `stop`, as a crash stops it between two steps. */
  const startAgent = (name: Served | 'plc') => {
    const device = name === 'plc' ? plc?.client : served[name].client
    if (!device) throw new Error('there is no PLC here: ask for relays')
    const ending = new AbortController()
    const agent = deviceAgent({
      name,
      device,
      store,
      feed: log,
      clock,
      site,
      simulated: true,
      lookEveryMs: 2_000,
      ...(relays ? { powerCycle: powerCycleOn({ store, clock, site }) } : {}),
      onTrouble: (error) => troubles.push(error),
    })
    const running = agent.run(AbortSignal.any([ending.signal, stopping.signal]))
    return {
      stop: async () => {
        ending.abort()
        await running
      },
      running,
    }
  }

  const every = async (seconds: number, work: () => Promise<void>) => {
    while (!stopping.signal.aborted) {
      await work()
      await clock.sleepUntil(clock.now() + seconds * 1000, stopping.signal).catch(() => {})
    }
  }
  const say = (stream: string, event: DomainEvent) =>
    clock.holding('test', () => append(log, stream, event, now()))
  const tellWeather = async () => {
    if (!weather.speaks) return
    const { state } = weather
    const data = { state, previous: null, reasons: [], readingIds: [], reopenExpectedAt: null }
    await say(environmentStream(site.id, night()), { type: 'SafetyVerdictGiven', data })
  }
  const background = Promise.all([
    every(10, tellWeather),
    every(5, async () => {
      if (heart.beats) await served.dome.client.send('heartbeat').catch(() => {})
    }),
  ])
  const agents = [
    startAgent('dome'),
    startAgent('telescope'),
    startAgent('visible-camera'),
    ...(relays ? [startAgent('plc')] : []),
  ] as const
  onTestFinished(async () => {
    stopping.abort()
    await Promise.all([background, ...agents.map(({ running }) => running)])
    await plc?.cable
    for (const { client, server } of [...Object.values(served), ...(plc ? [plc] : [])]) {
      client.close()
      await server.stop()
    }
  })

  const read = async (stream: string): Promise<Recorded[]> => {
    const events: Recorded[] = []
    for await (const event of log.readBackwards(stream)) events.unshift(event)
    return events
  }

  /** Lets time pass until something is so; fails loudly when it is not within an hour of the clock. */
  const until = async (what: string, is: () => Promise<boolean> | boolean): Promise<void> => {
    for (let second = 0; second < 3600; second++) {
      if (await is()) return
      await clock.advanceBy(1_000)
    }
    throw new Error(`an hour has passed and there is no ${what}; troubles: ${troubles.join('; ')}`)
  }

  return {
    clock,
    dome,
    telescope,
    folder,
    weather,
    heart,
    agents,
    startAgent,
    until,
    read,
    setMode: (mode: ControlMode) =>
      say(nightStream(site.id, night()), {
        type: 'ControlModeChanged',
        data: { mode, previous: 'manual', why: 'test' },
      }),
    deviceEvents: (device: DeviceName) => read(deviceStream(device, night())),
    conversation: (id: string) => read(conversationStream(id, night())),
    /** A poll that finds no rain. */
    sayDry: () => {
      const rain = { ...assessed.quantities.rain, state: 'safe' }
      const data = { ...assessed, verdict: { ...assessed.verdict, state: 'safe' }, quantities: { rain } }
      return say(environmentStream(site.id, night()), { type: 'EnvironmentAssessed', data })
    },
    ask: async (order: DeviceOrder, { actor = majordome, commandId = randomUUID() } = {}) => {
      const envelope = { commandId, at: now(), night: night(), actor }
      return requestDeviceCommand({ store, site })(order, envelope)
    },
    /** The types of a conversation's events, once it is over. */
    outcome: async (id: string): Promise<Recorded[]> => {
      let events: Recorded[] = []
      await until('outcome', async () => {
        events = await read(conversationStream(id, night()))
        return events.some(({ type }) => /(Refused|Completed|Failed|TimedOut)$/.test(type))
      })
      return events
    },
  }
}
