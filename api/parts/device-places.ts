import type { Config } from '#api/config.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { type SimulatedDeviceName, simulatedDeviceNames } from '#simulators/run-devices.ts'
import { superviseDeviceSimulators } from './servers.ts'

type Place = { readonly host: string; readonly port: number; readonly simulated: boolean }
type Surroundings = { readonly config: Config; readonly clock: Clock; readonly log: (line: string) => void }

type Placed = {
  /** The process of those that nobody gave an address for; null where there are none. */
  readonly simulators: Awaited<ReturnType<typeof superviseDeviceSimulators>> | null
  readonly places: ReadonlyMap<DeviceName, Place>
}

const addressesIn = (config: Config) => ({
  telescope: config.TELESCOPE_ADDRESS,
  dome: config.DOME_ADDRESS,
  'visible-camera': config.VISIBLE_CAMERA_ADDRESS,
  'infrared-camera': config.INFRARED_CAMERA_ADDRESS,
})

/** The devices that the settings say where to find: they are no simulators. */
export const realDevicesIn = (config: Config): string[] => {
  if (config.SIMULATED) return []
  const given = addressesIn(config)
  return simulatedDeviceNames.filter((name) => given[name] !== undefined)
}

/**
 * Where devices are: as the settings say, or simulated here. With a PLC that is simulated as well, their power goes over
 * its relays; the PLC itself, as a device with outputs, is where it was started.
 */
export const placeDevices = async (
  surroundings: Surroundings,
  scenario: string,
  names: readonly SimulatedDeviceName[],
  plc: { readonly host: string; readonly port: number } | null,
): Promise<Placed> => {
  const { config } = surroundings
  const given = addressesIn(config)
  const simulated = names.filter((name) => given[name] === undefined)
  const simulatedPlc = config.SIMULATED || !config.PLC_ADDRESS
  const rail = simulatedPlc ? (plc?.port ?? null) : null
  const simulators =
    simulated.length > 0 ? await superviseDeviceSimulators(surroundings, scenario, simulated, rail) : null
  const ports = (await simulators?.first)?.ports ?? {}
  const placeOf = (name: SimulatedDeviceName): Place => {
    const address = given[name]
    return address
      ? { ...address, simulated: config.SIMULATED }
      : { host: '127.0.0.1', port: ports[name] ?? 0, simulated: true }
  }
  const places = new Map<DeviceName, Place>(names.map((name) => [name, placeOf(name)]))
  if (plc && names.includes('dome')) places.set('plc', { ...plc, simulated: simulatedPlc })
  return { simulators, places }
}
