import type { NoticeEvent } from '#domain/alerts/events.ts'

/** Where payloads are kept that are too large for an event. */
export type PayloadStore = {
  /** Resolves once the bytes are on disk under their hash; keeping them again is no error. */
  keep(sha256: string, bytes: Uint8Array): Promise<void>
}

type Payload = Extract<NoticeEvent, { type: 'NoticeReceived' }>['data']['payload']

// An append may have 1 MiB; escaping and base64 make text longer, and what was read of it stands in the same append.
const largestInEvent = 256 * 1024

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as they go into an event; large ones are on disk before this resolves, so that no event names what is not there. */
export const keepPayload = async (
  payloads: PayloadStore,
  sha256: string,
  bytes: Uint8Array,
): Promise<Payload> => {
  if (bytes.length > largestInEvent) {
    await payloads.keep(sha256, bytes)
    return { kept: 'apart' }
  }
  try {
    return { kept: 'text', text: strict.decode(bytes) }
  } catch {
    return { kept: 'base64', base64: Buffer.from(bytes).toString('base64') }
  }
}
