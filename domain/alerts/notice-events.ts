import { z } from 'zod'
import { defineEvent } from '#domain/shared/define-event.ts'
import { formatSchema, noticeSchema, quarantineReasonSchema } from './notice.ts'

const instant = z.iso.datetime()

/** The bytes as they came. A payload that would make an event too large is kept apart, under its hash. */
export const payloadSchema = z.discriminatedUnion('kept', [
  z.object({ kept: z.literal('text'), text: z.string() }),
  z.object({ kept: z.literal('base64'), base64: z.base64() }),
  z.object({ kept: z.literal('apart') }),
])

export const noticeSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vtp'), broker: z.string() }),
  z.object({ kind: z.literal('vtp-author'), address: z.string() }),
  z.object({ kind: z.literal('folder'), file: z.string() }),
  z.object({ kind: z.literal('api'), address: z.string() }),
  z.object({
    kind: z.literal('kafka'),
    broker: z.string(),
    topic: z.string(),
    partition: z.int().nonnegative(),
    /** Text, as it may pass 2^53. */
    offset: z.string(),
  }),
])

const receipt = {
  /** Ivorn, or topic with id and record number; `sha256:…` for what has no name or could not be read. */
  name: z.string(),
  sha256: z.hash('sha256'),
  bytes: z.int().nonnegative(),
  payload: payloadSchema,
  source: noticeSourceSchema,
  receivedAt: instant,
}

/** Something came in and is kept as it came, before anything else is done with it. */
export const noticeReceived = defineEvent('NoticeReceived', {
  version: 1,
  schema: z.object({ ...receipt, format: formatSchema }),
})

/** What the reader made of the bytes in the same append; the bytes are kept, so it can be read again. */
export const noticeRead = defineEvent('NoticeRead', {
  version: 1,
  schema: z.object({
    notice: noticeSchema,
    /** Of what was read: two notices with one hash say the same, whatever their blanks. */
    contentHash: z.hash('sha256'),
    receivedAt: instant,
  }),
})

/** It cannot be read, or not safely: kept for people to look at, and nothing else comes of it. */
export const noticeQuarantined = defineEvent('NoticeQuarantined', {
  version: 1,
  schema: z.object({ name: z.string(), reason: quarantineReasonSchema, detail: z.string() }),
})

/** Another content under a name that was there already. The first stays effective; both are kept. */
export const noticeConflicted = defineEvent('NoticeConflicted', {
  version: 1,
  schema: z.object({
    ...receipt,
    contentHash: z.hash('sha256').nullable(),
    /** Where the two differ; empty when one of them could not be read. */
    differs: z.array(z.object({ path: z.string(), first: z.string(), other: z.string() })),
  }),
})
