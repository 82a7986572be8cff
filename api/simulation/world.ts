import { openPlcOutputs } from '#adapters/plc/plc-outputs.ts'
import { heldDevice, heldPlc } from '#adapters/simulated-time/held-lines.ts'
import type { VirtualClock } from '#adapters/virtual-clock.ts'
import type { Device } from '#commands/devices/device.ts'
import type { Plc } from '#commands/environment/plc.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import type { Site } from '#domain/shared/site.ts'
import { cameraModels, SimulatedCamera } from '#simulators/camera.ts'
import type { SimulatedDevice } from '#simulators/device.ts'
import { DeviceServer } from '#simulators/device-server.ts'
import { SimulatedDome } from '#simulators/dome.ts'
import type { NightScenario } from '#simulators/night-scenario.ts'
import { PlcSimulator } from '#simulators/plc.ts'
import { simulatorPorts } from '#simulators/ports.ts'
import { followRail } from '#simulators/power-rail.ts'
import { type SimulatedDeviceName, simulatedDeviceNames } from '#simulators/run-devices.ts'
import { SimulatedTelescope } from '#simulators/telescope.ts'

export type World = {
  readonly plc: Plc
  readonly devices: ReadonlyMap<DeviceName, Device>
  /** How far the dome is really open, whatever it says: 0 to 100. */
  domeOpenPercent(): number
}

type Surroundings = {
  readonly clock: VirtualClock
  readonly site: Site
  readonly dataDir: string
  readonly atEnd: (end: () => unknown) => void
}

/** In real time: nothing but a device that is silent on purpose takes so long within one machine. */
const timeoutMs = 10_000

const ports: Readonly<Record<SimulatedDeviceName, number>> = {
  telescope: simulatorPorts.telescope,
  dome: simulatorPorts.dome,
  'visible-camera': simulatorPorts.cameraVis,
  'infrared-camera': simulatorPorts.cameraNir,
}

/** The observatory's PLC and devices, simulated on real sockets and simulated time, with our lines to them. */
export const startWorld = async (
  scenario: NightScenario,
  { clock, site, dataDir, atEnd }: Surroundings,
): Promise<World> => {
  const listen = { host: '127.0.0.1', port: 0 }
  const simulator = new PlcSimulator({ clock, scenario: scenario.plc })
  const place = await simulator.listen(listen)
  atEnd(() => simulator.stop())
  const plc = heldPlc({ clock, ...place, address: `plc:${simulatorPorts.plc}`, timeoutMs })
  atEnd(() => plc.close())

  const dome = new SimulatedDome(site)
  const made: Readonly<Record<SimulatedDeviceName, SimulatedDevice>> = {
    telescope: new SimulatedTelescope(site),
    dome,
    'visible-camera': new SimulatedCamera(cameraModels.visible, site, dataDir),
    'infrared-camera': new SimulatedCamera(cameraModels.infrared, site, dataDir),
  }
  const outputs = heldDevice(
    { clock, ...place, address: `plc:${simulatorPorts.plc}`, timeoutMs },
    openPlcOutputs,
  )
  atEnd(() => outputs.close())
  const devices = new Map<DeviceName, Device>([['plc', outputs]])
  const servers = new Map<SimulatedDeviceName, DeviceServer>()
  for (const name of simulatedDeviceNames) {
    const server = new DeviceServer({ device: made[name], clock, scenario: scenario.devices[name] })
    const at = await server.listen(listen)
    atEnd(() => server.stop())
    const device = heldDevice({ clock, ...at, address: `${name}:${ports[name]}`, timeoutMs })
    atEnd(() => device.close())
    devices.set(name, device)
    servers.set(name, server)
  }
  const unplugged = new AbortController()
  const switched = (without: ReadonlySet<string>) => {
    for (const [name, server] of servers) server.power(!without.has(name))
  }
  void followRail(place, switched, { clock, signal: unplugged.signal })
  atEnd(() => unplugged.abort())
  return { plc, devices, domeOpenPercent: () => dome.openPercent(clock.now()) }
}
