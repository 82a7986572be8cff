import type { NoticeEvent } from '#domain/alerts/events.ts'
import type { Notice } from '#domain/alerts/notice.ts'
import { noticeStream } from '#domain/alerts/streams.ts'
import type { DomainEvent, Position } from '#domain/shared/event.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { type EventStore, RevisionConflict } from '../event-store.ts'
import {
  commandIdOf,
  type Identified,
  type IncomingNotice,
  identified,
  type ReadNotice,
} from './incoming-notice.ts'
import { conflictWith, known, outcomeEvent, past } from './notice-trail.ts'
import { keepPayload, type PayloadStore } from './payload.ts'

export type NoticeReceipt = {
  /**
   * `duplicate`: it was there already, and nothing was written. `conflict`: its name was there with another content.
   * `quarantined`: recorded, but it could not be read.
   */
  readonly outcome: 'recorded' | 'duplicate' | 'conflict' | 'quarantined'
  /** The NoticeReceived that keeps it, or the NoticeConflicted. */
  readonly eventId: string
  /** Of the newest event about it: who has read the log this far knows of it. */
  readonly position: Position
  /** Why it was set aside, for its sender. */
  readonly detail: string | null
  readonly notice: Notice | null
  readonly name: string
}

/**
 * Takes a notice in; resolves only when it is in the log, so that a source may acknowledge it then and not before.
 * Rejects with `StoreUnavailable`: taking the same notice in again is safe.
 */
export type ReceiveNotice = (incoming: IncomingNotice) => Promise<NoticeReceipt>

type Parts = {
  readonly store: EventStore
  readonly read: ReadNotice
  readonly payloads: PayloadStore
  readonly site: Site
}

const attempts = 5
const ownActor: Actor = { kind: 'agent', id: 'alert-receiver' }

export const makeReceiveNotice = ({ store, read, payloads, site }: Parts): ReceiveNotice => {
  const proposed = (events: readonly DomainEvent[], incoming: Identified) => {
    const commandId = commandIdOf(incoming)
    return events.map(({ type, data }, index) => ({
      id: eventIdOf(commandId, index),
      type,
      data,
      metadata: {
        occurredAt: incoming.receivedAt,
        correlationId: commandId,
        causationId: index === 0 ? commandId : eventIdOf(commandId, 0),
        actor: incoming.actor ?? ownActor,
        site: site.id,
        night: nightOf(incoming.receivedAt, site.timeZone),
        ...(incoming.simulated ? { simulated: true as const } : {}),
      },
    }))
  }

  const attempt = async (incoming: Identified): Promise<NoticeReceipt> => {
    const { name, hash, raw, source, receivedAt, reading } = incoming
    const about = {
      notice: reading.outcome === 'read' ? reading.notice : null,
      detail: reading.outcome === 'read' ? null : reading.detail,
      name,
    }
    const stream = noticeStream(name)
    const { events, revision } = await past(store, stream)
    const before = known(events, incoming)
    if (before)
      return {
        ...about,
        outcome: before.conflict ? 'conflict' : 'duplicate',
        eventId: before.id,
        position: events.at(-1)?.position ?? before.position,
      }
    const payload = await keepPayload(payloads, hash, raw)
    const receipt = { name, sha256: hash, bytes: raw.length, payload, source, receivedAt }
    const isFirst = events.length === 0
    const format = reading.outcome === 'read' ? reading.notice.format : reading.format
    const decided: NoticeEvent[] = isFirst
      ? [{ type: 'NoticeReceived', data: { ...receipt, format } }, outcomeEvent(incoming)]
      : [conflictWith(events, incoming, receipt)]
    const { position } = await store.append(stream, proposed(decided, incoming), revision)
    const recorded = about.notice ? 'recorded' : 'quarantined'
    return {
      ...about,
      outcome: isFirst ? recorded : 'conflict',
      eventId: eventIdOf(commandIdOf(incoming), 0),
      position,
    }
  }

  return async (incoming) => {
    const whole = identified(read, incoming)
    for (let tried = 1; ; tried++) {
      try {
        return await attempt(whole)
      } catch (error) {
        if (!(error instanceof RevisionConflict) || tried === attempts) throw error
      }
    }
  }
}
