import { openDevice } from '#adapters/devices/device-client.ts'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { simulatedDeviceNames } from '#simulators/run-devices.ts'
import { startDeviceAgent } from './device-agents.ts'
import { placeDevices } from './device-places.ts'
import type { House } from './house.ts'

/** How the conductor's heart reaches the dome; null where nobody knows where the dome is. */
export type Heart = { beat: (() => Promise<void>) | null }

/** The dome that somebody else looks after, at the address in the settings. */
export const heartToDome = ({ config, atEnd }: House): Heart => {
  if (!config.DOME_ADDRESS) return { beat: null }
  const dome = openDevice({ ...config.DOME_ADDRESS, timeoutMs: config.DEVICE_TIMEOUT_MS })
  atEnd(() => dome.close())
  return { beat: () => dome.send('heartbeat') }
}

/** The agents of the devices that are run here. */
export const startDevices = async (
  house: House,
  store: OpenEventStore,
  heart: Heart,
  plc: { readonly host: string; readonly port: number } | null,
): Promise<void> => {
  const { config, scenario, clock, say } = house
  const here = simulatedDeviceNames.filter((name) => house.has(name))
  const { simulators, places } = await placeDevices(house.surroundings, scenario, here, plc)
  if (simulators) house.addOrderly(simulators)
  for (const [name, { simulated, ...address }] of places) {
    const part = house.add(startDeviceAgent({ name, address, simulated, config, store, clock, say }))
    if (name === 'dome') heart.beat = part.beat
    if (name !== 'plc')
      house.addresses.set(name, `${address.host}:${address.port}${simulated ? ', simulator' : ''}`)
  }
}
