import { isNoticeEvent, type NoticeEvent } from '#domain/alerts/events.ts'
import type { Notice, Reading } from '#domain/alerts/notice.ts'
import { contentHashOf, noticeDifferences } from '#domain/alerts/notice-difference.ts'
import { noticeStream } from '#domain/alerts/streams.ts'
import type { DomainEvent, Position, Recorded } from '#domain/shared/event.ts'
import { sha256 } from '#domain/shared/hash.ts'
import { eventIdOf, noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import type { Instant } from '#domain/shared/time.ts'
import { type EventStore, type Revision, RevisionConflict } from '../event-store.ts'
import { keepPayload, type PayloadStore } from './payload.ts'

type Received = Extract<NoticeEvent, { type: 'NoticeReceived' }>
export type NoticeSource = Received['data']['source']

/** Makes a notice of bytes; never throws for what they are. */
export type ReadNotice = (raw: Uint8Array, source: NoticeSource) => Reading

export type IncomingNotice = {
  readonly raw: Uint8Array
  readonly source: NoticeSource
  readonly receivedAt: Instant
  /** A drill: it goes the real way, and only simulated devices may act on it. */
  readonly simulated?: boolean
  readonly actor?: Actor
}

export type NoticeReceipt = {
  /**
   * `duplicate`: it was there already, and nothing was written. `conflict`: its name was there with another content.
   * `quarantined`: recorded, but it could not be read.
   */
  readonly outcome: 'recorded' | 'duplicate' | 'conflict' | 'quarantined'
  /** The NoticeReceived that keeps it, or the NoticeConflicted. */
  readonly eventId: string
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

type Identified = IncomingNotice & {
  readonly reading: Reading
  readonly hash: string
  readonly name: string
  /** Of what it says; null when it could not be read. */
  readonly contentHash: string | null
}

/** Follows from name and content: a retry is recognised by the store, and so are two brokers at one moment. */
const commandIdOf = ({ name, contentHash, hash }: Identified): string =>
  uuidFrom(`notice/${name}/${contentHash ?? hash}`, noctuaryNamespace)

const readSafely = (read: ReadNotice, { raw, source }: IncomingNotice): Reading => {
  try {
    return read(raw, source)
  } catch (error) {
    // Whatever the reader stumbles over, the bytes are kept.
    return { outcome: 'quarantined', format: 'unknown', reason: 'reader-failed', detail: String(error) }
  }
}

const identified = (read: ReadNotice, incoming: IncomingNotice): Identified => {
  const reading = readSafely(read, incoming)
  const hash = sha256(incoming.raw).toString('hex')
  const name = reading.outcome === 'read' ? reading.notice.name : `sha256:${hash}`
  const contentHash = reading.outcome === 'read' ? contentHashOf(reading.notice) : null
  return { ...incoming, reading, hash, name, contentHash }
}

const outcomeEvent = ({ reading, name, contentHash, receivedAt }: Identified): NoticeEvent =>
  reading.outcome === 'read'
    ? {
        type: 'NoticeRead',
        data: { notice: reading.notice, contentHash: contentHash ?? '', receivedAt },
      }
    : {
        type: 'NoticeQuarantined',
        data: { name, reason: reading.reason, detail: reading.detail },
      }

const past = async (store: EventStore, stream: string) => {
  const events: Recorded<NoticeEvent>[] = []
  let revision: Revision = 'none'
  for await (const event of store.readBackwards(stream)) {
    if (revision === 'none') revision = event.revision
    if (isNotice(event)) events.push(event)
  }
  return { events: events.reverse(), revision }
}

const isNotice = (event: Recorded): event is Recorded<NoticeEvent> => isNoticeEvent(event)

type Known = { readonly id: string; readonly position: Position; readonly conflict: boolean }

/** The event that already says what this notice says, if there is one. */
const known = (events: readonly Recorded<NoticeEvent>[], { hash, contentHash }: Identified): Known | null => {
  const read = events.find((event) => event.type === 'NoticeRead')
  for (const event of events) {
    if (event.type !== 'NoticeReceived' && event.type !== 'NoticeConflicted') continue
    const content = event.type === 'NoticeReceived' ? read?.data.contentHash : event.data.contentHash
    if (event.data.sha256 !== hash && (contentHash === null || content !== contentHash)) continue
    return { id: event.id, position: event.position, conflict: event.type === 'NoticeConflicted' }
  }
  return null
}

const conflictWith = (
  events: readonly Recorded<NoticeEvent>[],
  incoming: Identified,
  receipt: Omit<Received['data'], 'format'>,
): NoticeEvent => {
  const first = events.find((event) => event.type === 'NoticeRead')?.data.notice
  const other = incoming.reading.outcome === 'read' ? incoming.reading.notice : null
  return {
    type: 'NoticeConflicted',
    data: {
      ...receipt,
      contentHash: incoming.contentHash,
      differs: first && other ? noticeDifferences(first, other) : [],
    },
  }
}

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
        position: before.position,
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
