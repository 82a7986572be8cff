import { canonicalJson } from '#domain/shared/canonical-json.ts'
import { sha256 } from '#domain/shared/hash.ts'

/**
 * How a night is hashed, byte for byte. Nothing here depends on positions in the log, on the order between streams or on
 * the store's own clock, so a night that was copied or imported has the same hashes; the revision in its stream and the
 * chain over it hold each event in its place.
 *
 * - The text of an event is the canonical JSON (RFC 8785) of {@link StoredEvent}, its revision as a decimal string.
 * - The hash of an event is SHA-256 of that text in UTF-8. Its mark is the first 8 bytes of the hash.
 * - The chain of a stream runs over its events of the night by rising revision: h(0) is 32 zero bytes,
 *   h(n) = SHA-256(h(n-1) followed by the hash of the n-th event).
 * - The root is SHA-256 of the canonical JSON of {algorithm, site, night, streams}, the streams by rising name in UTF-16
 *   code units, each {stream, count, firstRevision, lastRevision, hash}, revisions as numbers, hashes in lower-case hex.
 */
export const algorithm = 'noctuary-night-1'

/** An event as it lies in the log, undecoded: what a newer program wrote can be hashed and carried too. */
export type StoredEvent = {
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly revision: bigint
  readonly contentType: 'application/json' | 'application/octet-stream'
  readonly metadata: unknown
  /** Base64 where the content is not JSON. */
  readonly data: unknown
}

export type StreamHash = {
  readonly stream: string
  readonly count: number
  readonly firstRevision: number
  readonly lastRevision: number
  readonly hash: string
}

export const eventHash = ({ id, type, stream, revision, contentType, metadata, data }: StoredEvent): Buffer =>
  sha256(canonicalJson({ id, type, stream, revision: `${revision}`, contentType, metadata, data }))

export const chainStart: Uint8Array = Buffer.alloc(32)

export const chained = (before: Uint8Array, hash: Uint8Array): Buffer => sha256(before, hash)

export const markBytes = 8

/** Enough of an event's hash to say which event differs; that one does is said by the chain. In hex. */
export const markOf = (hash: Buffer): string => hash.toString('hex', 0, markBytes)

export const byStream = (a: { readonly stream: string }, b: { readonly stream: string }): number =>
  a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0

export const rootOf = (site: string, night: string, streams: readonly StreamHash[]): string => {
  const sorted = streams
    .map(({ stream, count, firstRevision, lastRevision, hash }) => ({
      stream,
      count,
      firstRevision,
      lastRevision,
      hash,
    }))
    .sort(byStream)
  return sha256(canonicalJson({ algorithm, site, night, streams: sorted })).toString('hex')
}
