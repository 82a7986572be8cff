import type { NoticeEvent } from '#domain/alerts/events.ts'
import type { Notice } from '#domain/alerts/notice.ts'
import { noticeStream } from '#domain/alerts/streams.ts'
import type { DomainEvent, Position } from '#domain/shared/event.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { nightOf } from '#domain/shared/night.ts'
import { isBefore } from '#domain/shared/position.ts'
import type { Site } from '#domain/shared/site.ts'
import { type EventStore, type ProposedEvent, type Revision, RevisionConflict } from '../event-store.ts'
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

  /** The newest event of ours: an append that is answered with one up to here has found its events there already. */
  let newest: Position | null = null

  const append = async (stream: string, events: readonly ProposedEvent[], expected: Revision) => {
    const { position } = await store.append(stream, events, expected)
    if (isBefore(newest, position)) newest = position
    return position
  }

  const receiptOf = async ({ name, hash, raw, source, receivedAt }: Identified) => {
    const payload = await keepPayload(payloads, hash, raw)
    return { name, sha256: hash, bytes: raw.length, payload, source, receivedAt }
  }

  const firstEvents = async (incoming: Identified): Promise<NoticeEvent[]> => {
    const { reading } = incoming
    const format = reading.outcome === 'read' ? reading.notice.format : reading.format
    const receipt = await receiptOf(incoming)
    return [{ type: 'NoticeReceived', data: { ...receipt, format } }, outcomeEvent(incoming)]
  }

  const takenAs = (
    outcome: NoticeReceipt['outcome'],
    incoming: Identified,
    { eventId = eventIdOf(commandIdOf(incoming), 0), position }: { eventId?: string; position: Position },
  ): NoticeReceipt => {
    const { reading, name } = incoming
    const isRead = reading.outcome === 'read'
    const notice = isRead ? reading.notice : null
    return { outcome, eventId, position, notice, detail: isRead ? null : reading.detail, name }
  }

  const takenFirst = (incoming: Identified, position: Position): NoticeReceipt =>
    takenAs(incoming.reading.outcome === 'read' ? 'recorded' : 'quarantined', incoming, { position })

  /** Most notices are new: written without a look at what is there. Null where something is. */
  const takeAsNew = async (incoming: Identified): Promise<NoticeReceipt | null> => {
    const before = newest
    if (!before) return null
    try {
      const events = proposed(await firstEvents(incoming), incoming)
      const position = await append(noticeStream(incoming.name), events, 'none')
      return isBefore(before, position) ? takenFirst(incoming, position) : null
    } catch (error) {
      if (error instanceof RevisionConflict) return null
      throw error
    }
  }

  const attempt = async (incoming: Identified): Promise<NoticeReceipt> => {
    const stream = noticeStream(incoming.name)
    const { events, revision } = await past(store, stream)
    const before = known(events, incoming)
    if (before) {
      const { id: eventId, conflict } = before
      const position = events.at(-1)?.position ?? before.position
      return takenAs(conflict ? 'conflict' : 'duplicate', incoming, { eventId, position })
    }
    if (events.length === 0)
      return takenFirst(
        incoming,
        await append(stream, proposed(await firstEvents(incoming), incoming), revision),
      )
    const conflict = conflictWith(events, incoming, await receiptOf(incoming))
    const position = await append(stream, proposed([conflict], incoming), revision)
    return takenAs('conflict', incoming, { position })
  }

  return async (incoming) => {
    const whole = identified(read, incoming)
    const asNew = await takeAsNew(whole)
    if (asNew) return asNew
    for (let tried = 1; ; tried++) {
      try {
        return await attempt(whole)
      } catch (error) {
        if (!(error instanceof RevisionConflict) || tried === attempts) throw error
      }
    }
  }
}
