import {
  type EventStore,
  type ProposedEvent,
  type Revision,
  RevisionConflict,
} from '#commands/event-store.ts'
import type { DeviceEvent, DeviceName } from '#domain/devices/events.ts'
import { deviceStream } from '#domain/devices/streams.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'

export type DeviceLogParts = {
  readonly device: DeviceName
  readonly store: EventStore
  readonly clock: Clock
  readonly site: Site
  readonly simulated: boolean
}

type Observed = Extract<
  DeviceEvent,
  { type: 'DeviceStatusRecorded' | 'DeviceLinkLost' | 'DeviceLinkRestored' | 'DeviceAlarmRaised' }
>

export type DeviceLog = {
  /** Puts on record what a device is seen to be. Rejects when the store does not answer. */
  record(event: Observed, causationId?: string): Promise<void>
}

const attempts = 3

/** The stream of one device and one night, as its agent writes it. */
export const deviceLog = ({ device, store, clock, site, simulated }: DeviceLogParts): DeviceLog => {
  let held: { stream: string; revision: Revision } | null = null

  const lastRevision = async (stream: string): Promise<Revision> => {
    for await (const { revision } of store.readBackwards(stream)) return revision
    return 'none'
  }

  const proposed = ({ type, data }: Observed, causationId: string | undefined): ProposedEvent => {
    const occurredAt = instantOf(clock.now())
    const id = uuidFrom(`${device}/${type}/${occurredAt}/${JSON.stringify(data)}`, noctuaryNamespace)
    const metadata = {
      occurredAt,
      correlationId: causationId ?? id,
      causationId: causationId ?? id,
      actor: { kind: 'agent' as const, id: `${device}-agent` },
      site: site.id,
      night: nightOf(occurredAt, site.timeZone),
      ...(simulated ? { simulated: true as const } : {}),
    }
    return { id, type, data, metadata }
  }

  const record = async (event: Observed, causationId?: string): Promise<void> => {
    const proposal = proposed(event, causationId)
    const stream = deviceStream(device, proposal.metadata.night)
    for (let tried = 1; ; tried++) {
      const revision = held?.stream === stream ? held.revision : await lastRevision(stream)
      held = null
      try {
        held = { stream, revision: (await store.append(stream, [proposal], revision)).revision }
        return
      } catch (error) {
        if (!(error instanceof RevisionConflict) || tried === attempts) throw error
      }
    }
  }

  // One after another: two at once would only lose the race to each other.
  let lastTurn: Promise<unknown> = Promise.resolve()
  return {
    record: (event, causationId) => {
      const recorded = lastTurn.then(() => record(event, causationId))
      lastTurn = recorded.catch(() => {})
      return recorded
    },
  }
}
