import { systemClock } from '#adapters/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { cameraModels, SimulatedCamera } from '#simulators/camera.ts'
import type { SimulatedDevice } from '#simulators/device.ts'
import { DeviceServer } from '#simulators/device-server.ts'
import { SimulatedDome } from '#simulators/dome.ts'
import { plcChangesOf } from '#simulators/night-weather.ts'
import { PlcSimulator } from '#simulators/plc.ts'
import { parseScenario } from '#simulators/scenario.ts'
import { SimulatedTelescope } from '#simulators/telescope.ts'

export type Told = { readonly atMs: number; readonly name: string; readonly parameters: object }

/** A device that remembers what it was told. */
const heard = <Device extends SimulatedDevice>(device: Device, told: Told[]): Device => {
  const tell = device.tell.bind(device)
  device.tell = (name, parameters, nowMs) => {
    told.push({ atMs: nowMs, name, parameters })
    return tell(name, parameters, nowMs)
  }
  return device
}

const showerS = 15

/** Rain for a while from these seconds on. */
const showersAt = (...starts: readonly number[]) => [
  { iterations: 7_200, status: 'demo', clock: 'advancing', wander: true },
  ...starts.flatMap((from) => [
    ...plcChangesOf({ rainMmH: 4 }).map((plcSimulator) => ({ time: from, plcSimulator })),
    ...plcChangesOf({ rainMmH: 0 }).map((plcSimulator) => ({ time: from + showerS, plcSimulator })),
  ]),
]

/** What is not the observatory: the weather and the machines, which nobody kills. They remember. */
export const startWorld = async (site: Site, dataDir: string) => {
  await using starting = new AsyncDisposableStack()
  const clock = systemClock
  const listen = { host: '127.0.0.1', port: 0 }
  const plc = new PlcSimulator({ clock, scenario: parseScenario(showersAt(60, 460)) })
  const plcAt = await plc.listen(listen)
  starting.defer(() => plc.stop())
  const dome = new SimulatedDome(site)
  const machines = {
    TELESCOPE: new SimulatedTelescope(site),
    DOME: dome,
    VISIBLE_CAMERA: new SimulatedCamera(cameraModels.visible, site, dataDir),
    INFRARED_CAMERA: new SimulatedCamera(cameraModels.infrared, site, dataDir),
  }
  const told: Told[] = []
  const addresses: Record<string, string> = { PLC_ADDRESS: `${plcAt.host}:${plcAt.port}` }
  for (const [name, device] of Object.entries(machines)) {
    const server = new DeviceServer({ device: heard(device, told), clock })
    const { host, port } = await server.listen(listen)
    starting.defer(() => server.stop())
    addresses[`${name}_ADDRESS`] = `${host}:${port}`
  }
  const stack = starting.move()
  return {
    addresses,
    told,
    domeOpen: () => dome.openPercent(clock.now()) > 0,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
