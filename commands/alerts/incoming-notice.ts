import type { NoticeEvent } from '#domain/alerts/events.ts'
import type { Reading } from '#domain/alerts/notice.ts'
import { contentHashOf } from '#domain/alerts/notice-difference.ts'
import { sha256 } from '#domain/shared/hash.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import type { Instant } from '#domain/shared/time.ts'

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
  /** What it says, where it has been read already. */
  readonly reading?: Reading
}

export type Identified = IncomingNotice & {
  readonly reading: Reading
  readonly hash: string
  readonly name: string
  /** Of what it says; null when it could not be read. */
  readonly contentHash: string | null
}

/** Follows from name and content: a retry is recognised by the store, and so are two brokers at one moment. */
export const commandIdOf = ({ name, contentHash, hash }: Identified): string =>
  uuidFrom(`notice/${name}/${contentHash ?? hash}`, noctuaryNamespace)

/** As `read`, but what it stumbles over is quarantined. */
export const readSafely = (read: ReadNotice, { raw, source }: IncomingNotice): Reading => {
  try {
    return read(raw, source)
  } catch (error) {
    // Whatever the reader stumbles over, the bytes are kept.
    return { outcome: 'quarantined', format: 'unknown', reason: 'reader-failed', detail: String(error) }
  }
}

export const identified = (read: ReadNotice, incoming: IncomingNotice): Identified => {
  const reading = incoming.reading ?? readSafely(read, incoming)
  const hash = sha256(incoming.raw).toString('hex')
  const name = reading.outcome === 'read' ? reading.notice.name : `sha256:${hash}`
  const contentHash = reading.outcome === 'read' ? contentHashOf(reading.notice) : null
  return { ...incoming, reading, hash, name, contentHash }
}
