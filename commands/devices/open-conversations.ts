import type { EventStore } from '#commands/event-store.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import { deviceStream } from '#domain/devices/streams.ts'
import type { Position } from '#domain/shared/event.ts'
import { nightBefore } from '#domain/shared/night.ts'

/** A device that was looked at by nobody for longer is new to us: then the log is read from its beginning. */
const nightsLookedBack = 14

/**
 * From where on an agent has to read to find every conversation without an end: the beginning of the last night before
 * this one in which the device was looked at. Conversations last minutes, so whatever was open then has ended since. Null is
 * the beginning of the log.
 */
export const readFrom = async (
  store: EventStore,
  device: DeviceName,
  tonight: string,
): Promise<Position | null> => {
  let night = tonight
  for (let back = 0; back < nightsLookedBack; back++) {
    night = nightBefore(night)
    let first: Position | null = null
    for await (const { position } of store.readBackwards(deviceStream(device, night))) first = position
    if (first) return first
  }
  return null
}
