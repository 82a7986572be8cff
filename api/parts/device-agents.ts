import { openDevice } from '#adapters/devices/device-client.ts'
import { openPlcOutputs } from '#adapters/plc/plc-outputs.ts'
import type { Config } from '#api/config.ts'
import type { Device } from '#commands/devices/device.ts'
import { deviceAgent } from '#commands/devices/device-agent.ts'
import { powerCycleOn } from '#commands/devices/power-cycle.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Part } from './part.ts'

type Options = {
  readonly name: DeviceName
  /** Where it is; or the line to it, for who has one already. */
  readonly address: { readonly host: string; readonly port: number } | Device
  readonly simulated: boolean
  readonly config: Pick<Config, 'SITE' | 'DEVICE_TIMEOUT_MS'>
  readonly store: EventStore & EventFeed
  readonly clock: Clock
  readonly say: (line: string) => void
}

/** From look to look at a device at rest: the dome is the one that must not be open unseen. */
const lookEveryMs = (name: DeviceName): number => (name === 'dome' ? 2_000 : 5_000)

export type DevicePart = Part & {
  /** The conductor's heart: to the dome every five seconds, or it closes by itself. */
  beat(): Promise<void>
}

/** A device's agent, wired to the device and the log. */
export const startDeviceAgent = ({
  name,
  address,
  simulated,
  config,
  store,
  clock,
  say,
}: Options): DevicePart => {
  const stopping = new AbortController()
  const open = name === 'plc' ? openPlcOutputs : openDevice
  const device = 'status' in address ? address : open({ ...address, timeoutMs: config.DEVICE_TIMEOUT_MS })
  let trouble: string | null = null
  const agent = deviceAgent({
    name,
    device,
    store,
    feed: store,
    clock,
    site: config.SITE,
    simulated,
    lookEveryMs: lookEveryMs(name),
    powerCycle: powerCycleOn({ store, clock, site: config.SITE }),
    onTrouble: (error) => {
      const words = error instanceof Error ? error.message : `${error}`
      // A trouble that stays is told once, not at every look.
      if (words !== trouble) say(`${name}: ${words}`)
      trouble = words
    },
  })
  const part = name === 'plc' ? 'lamp and power' : name
  const running = agent.run(stopping.signal)
  return {
    beat: () => device.send('heartbeat'),
    status: () =>
      agent.linked
        ? { name: part, state: 'up', detail: device.address }
        : { name: part, state: trouble ? 'down' : 'starting', detail: trouble ?? device.address },
    stop: async () => {
      stopping.abort()
      await running
      device.close()
    },
  }
}
