import type { EventStore } from '#commands/event-store.ts'
import { domeStatusSchema } from '#domain/devices/dome.ts'
import type { DeviceCommandRequested } from '#domain/devices/events.ts'
import { conversationStream, deviceStream } from '#domain/devices/streams.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import { nightBefore } from '#domain/shared/night.ts'

const timedOutAt = async (
  store: EventStore,
  { data, metadata }: Recorded<DeviceCommandRequested>,
): Promise<Position | null> => {
  for await (const { type, position } of store.readBackwards(
    conversationStream(data.conversationId, metadata.night),
  ))
    return type === 'DeviceCommandTimedOut' ? position : null
  return null
}

const saysClosed = ({ type, data }: Recorded): boolean =>
  type === 'DeviceStatusRecorded' &&
  domeStatusSchema.safeParse((data as { status: unknown }).status).data?.closedSwitch === true

/**
 * Whether the closing of a roof timed out on record and the limit switch has not been seen since: then its agent went away
 * before it was done, and the closing goes on.
 */
export const isUnfinishedClosing = async (
  store: EventStore,
  requested: Recorded<DeviceCommandRequested>,
  tonight: string,
): Promise<boolean> => {
  const { device, name } = requested.data
  if (device !== 'dome' || name !== 'close') return false
  const since = await timedOutAt(store, requested)
  if (!since) return false
  for (let night = tonight; night >= requested.metadata.night; night = nightBefore(night)) {
    for await (const event of store.readBackwards(deviceStream('dome', night))) {
      if (event.position.commit < since.commit) return true
      if (saysClosed(event)) return false
    }
  }
  return true
}
