import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import { capabilities } from '#domain/devices/capabilities.ts'
import type { DeviceCommandRequested, DeviceName } from '#domain/devices/events.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { Conversations } from './conversation-runner.ts'
import type { Device } from './device.ts'
import { deviceLog } from './device-log.ts'
import { DeviceWatch } from './device-watch.ts'
import { readFrom } from './open-conversations.ts'
import { Recovery } from './recover.ts'

export type DeviceAgentParts = {
  readonly name: DeviceName
  readonly device: Device
  readonly store: EventStore
  readonly feed: EventFeed
  readonly clock: Clock
  readonly site: Site
  /** Whether the device is a simulator: its events then say so. */
  readonly simulated: boolean
  /** From look to look when nothing is going on. */
  readonly lookEveryMs: number
  /** Takes a device's power away for a moment; how the last but one step of the ladder is done. */
  readonly powerCycle?: (device: DeviceName, conversationId: string) => Promise<void>
  /** What went wrong that is no fault of the device, e.g. a log that is away. */
  readonly onTrouble?: (error: unknown) => void
}

export type DeviceAgent = {
  /** Whether the last look found the device. */
  readonly linked: boolean
  /** Resolves when the signal has ended it and nothing of it goes on. */
  run(signal: AbortSignal): Promise<void>
}

const retryMs = 500

/** The dome has one of its own, at whose foot it is closed; the PLC is what power comes from. */
const hasLadder = (name: DeviceName): boolean => name !== 'dome' && name !== 'plc'

const isRequest = (event: Recorded): event is Recorded<DeviceCommandRequested> =>
  event.type === 'DeviceCommandRequested'

/**
 * Holds a device's conversations: takes up what is requested of it in the log, weighs it at the gate right before acting,
 * does it, and puts the outcome on record. Beside that it looks at the device and records what has become another.
 */
export const deviceAgent = (parts: DeviceAgentParts): DeviceAgent => {
  const { name, store, feed, clock, site, lookEveryMs, onTrouble = () => {} } = parts
  const log = deviceLog({ ...parts, device: name })
  const watch = new DeviceWatch({ ...parts, log })
  const recovery = new Recovery({ ...parts, log, watch })
  const conversations = new Conversations({
    ...parts,
    ...capabilities[name],
    log,
    watch,
    onEnd: (well) => recovery.ended(well),
  })

  /** Does it again and again until it is asked to end; an error costs a pause. */
  const persistently = async (signal: AbortSignal, work: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      try {
        await work()
      } catch (error) {
        if (signal.aborted) return
        onTrouble(error)
        await clock.sleepUntil(clock.now() + retryMs, signal).catch(() => {})
      }
    }
  }

  const look = (signal: AbortSignal) => async () => {
    // A device that does not answer is on record by now.
    await watch.look().catch((error: unknown) => onTrouble(error))
    if (hasLadder(name)) await recovery.look()
    await clock.sleepUntil(clock.now() + lookEveryMs, signal)
  }

  let position: Position | null | undefined
  const listen = (signal: AbortSignal) => async () => {
    position ??= await readFrom(store, name, nightOf(instantOf(clock.now()), site.timeZone))
    for await (const batch of feed.follow(['DeviceCommandRequested'], position, signal)) {
      for (const event of batch.events) {
        if (isRequest(event) && event.data.device === name) conversations.take(event, signal)
      }
      position = batch.position
    }
  }

  return {
    get linked() {
      return watch.linked
    },
    run: async (signal) => {
      await Promise.all([persistently(signal, look(signal)), persistently(signal, listen(signal))])
      await conversations.idle()
    },
  }
}
