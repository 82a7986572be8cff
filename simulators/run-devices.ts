import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { cameraModels, SimulatedCamera } from './camera.ts'
import type { SimulatedDevice } from './device.ts'
import { deviceScenario, untroubled } from './device-scenario.ts'
import { DeviceServer } from './device-server.ts'
import { SimulatedDome } from './dome.ts'
import { listening } from './listening.ts'
import { simulatorPorts } from './ports.ts'
import { followRail } from './power-rail.ts'
import { scenarioJson } from './scenario-file.ts'
import type { TcpAddress } from './tcp-server.ts'
import { SimulatedTelescope } from './telescope.ts'
import type { SimulatorKey } from './timeline.ts'
import { wallClock } from './wall-clock.ts'

/** What the PLC does not do itself. */
export const simulatedDeviceNames = ['telescope', 'dome', 'visible-camera', 'infrared-camera'] as const
export type SimulatedDeviceName = (typeof simulatedDeviceNames)[number]

type Kind = {
  readonly key: SimulatorKey
  readonly port: number
  make(site: Site, dataDir: string): SimulatedDevice
}

const kinds: Readonly<Record<SimulatedDeviceName, Kind>> = {
  telescope: {
    key: 'telescopeSimulator',
    port: simulatorPorts.telescope,
    make: (site) => new SimulatedTelescope(site),
  },
  dome: { key: 'domeSimulator', port: simulatorPorts.dome, make: (site) => new SimulatedDome(site) },
  'visible-camera': {
    key: 'visibleCameraSimulator',
    port: simulatorPorts.cameraVis,
    make: (site, dataDir) => new SimulatedCamera(cameraModels.visible, site, dataDir),
  },
  'infrared-camera': {
    key: 'infraredCameraSimulator',
    port: simulatorPorts.cameraNir,
    make: (site, dataDir) => new SimulatedCamera(cameraModels.infrared, site, dataDir),
  },
}

export type RunDevicesOptions = {
  /** Each with its port, 0 for any free one; its own of P22 where none is given. */
  readonly devices: Partial<Record<SimulatedDeviceName, number | undefined>>
  readonly site: Site
  /** Where cameras leave their files. */
  readonly dataDir: string
  /** A shipped scenario's name or a path. */
  readonly scenario?: string
  /** The simulated PLC over whose relays their power goes; without one nobody can take it away. */
  readonly plc?: TcpAddress
  readonly host?: string
  readonly clock?: Clock
  readonly signal: AbortSignal
  readonly onReady: (addresses: ReadonlyMap<SimulatedDeviceName, TcpAddress>) => void
}

/** Runs simulated devices, each on a port of its own, until their scenario is over or the signal comes. */
export const runDeviceSimulators = async (options: RunDevicesOptions): Promise<'lifetime' | 'stopped'> => {
  const { devices, site, dataDir, host = '127.0.0.1', clock = wallClock, signal } = options
  const json = options.scenario === undefined ? null : scenarioJson(options.scenario)
  const addresses = new Map<SimulatedDeviceName, TcpAddress>()
  const servers = new Map<SimulatedDeviceName, DeviceServer>()
  const stop = () => Promise.all([...servers.values()].map((server) => server.stop()))
  try {
    for (const name of simulatedDeviceNames.filter((each) => each in devices)) {
      const { key, port: usual, make } = kinds[name]
      const scenario = json === null ? untroubled : deviceScenario(json, key)
      const server = new DeviceServer({ device: make(site, dataDir), clock, scenario })
      addresses.set(name, await listening(server, { host, port: devices[name] ?? usual }))
      servers.set(name, server)
    }
  } catch (error) {
    await stop()
    throw error
  }
  options.onReady(addresses)
  signal.addEventListener('abort', () => void stop(), { once: true })
  if (signal.aborted) await stop()
  const unplugged = new AbortController()
  const switched = (without: ReadonlySet<string>) => {
    for (const [name, server] of servers) server.power(!without.has(name))
  }
  if (options.plc) void followRail(options.plc, switched, { clock, signal: unplugged.signal })
  const endings = await Promise.all([...servers.values()].map(({ ended }) => ended))
  unplugged.abort()
  return endings.includes('stopped') ? 'stopped' : 'lifetime'
}
