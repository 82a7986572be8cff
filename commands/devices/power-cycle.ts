import type { EventStore } from '#commands/event-store.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { requestDeviceCommand } from './request-command.ts'

type Parts = { readonly store: EventStore; readonly clock: Clock; readonly site: Site }

/** Asks the PLC to take a device's power away for a moment; once for each affair, however often it is asked. */
export const powerCycleOn =
  ({ store, clock, site }: Parts) =>
  async (device: DeviceName, affair: string): Promise<void> => {
    const at = instantOf(clock.now())
    await requestDeviceCommand({ store, site })(
      { device: 'plc', name: 'power-cycle', parameters: { device } },
      {
        commandId: uuidFrom(`power-cycle/${device}`, affair),
        at,
        night: nightOf(at, site.timeZone),
        actor: { kind: 'agent', id: `${device}-agent` },
        correlationId: affair,
      },
    )
  }
