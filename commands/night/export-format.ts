import { z } from 'zod'
import type { StoredEvent } from '#domain/night/hash-chain.ts'

/**
 * An exported night: lines of JSON, gzipped. The first is the manifest; then one line for each event, in the order of the
 * log they came from, which is the order of import; the last is the trailer. The trailer's `sha256` is of all bytes before
 * it, newlines too; its signature is over the canonical JSON of the trailer without `signature`.
 */
export const formatVersion = 1
export const formatName = 'noctuary-night'

/** What every version says of itself. */
export const anyManifestSchema = z.object({
  manifest: z.looseObject({ format: z.literal(formatName), version: z.number() }),
})

export const manifestSchema = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  site: z.string(),
  night: z.iso.date(),
  exportedAt: z.iso.datetime(),
  key: z.object({ algorithm: z.literal('Ed25519'), publicKey: z.base64(), fingerprint: z.string() }),
})

const eventSchema = z.object({
  stream: z.string().min(1),
  revision: z.string().regex(/^\d+$/),
  id: z.uuid(),
  type: z.string().min(1),
  contentType: z.enum(['application/json', 'application/octet-stream']),
  metadata: z.unknown(),
  data: z.unknown(),
})

export const trailerSchema = z.object({
  /** Lines with events, those of the seal among them. */
  events: z.number().int().positive(),
  /** Of the night without its seal; see `hash-chain.ts`. */
  algorithm: z.string(),
  count: z.number().int().nonnegative(),
  rootHash: z.string(),
  /** What the seal in the log said of the exported events; null without one. */
  seal: z.object({ rootHash: z.string(), outcome: z.enum(['intact', 'late', 'differs']) }).nullable(),
  sha256: z.string(),
  signature: z.base64(),
})

export const lineSchema = z.union([z.object({ event: eventSchema }), z.object({ trailer: trailerSchema })])

export type Manifest = z.output<typeof manifestSchema>
export type Trailer = z.output<typeof trailerSchema>

export const eventLine = ({ stream, revision, id, type, contentType, metadata, data }: StoredEvent): string =>
  JSON.stringify({ event: { stream, revision: `${revision}`, id, type, contentType, metadata, data } })

export const storedEventOf = (event: z.output<typeof eventSchema>): StoredEvent => ({
  ...event,
  revision: BigInt(event.revision),
})
