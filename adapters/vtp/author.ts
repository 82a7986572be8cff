import { systemClock } from '#adapters/clock.ts'
import { readVtpDocument, type VtpDocument } from '#domain/shared/vtp/document.ts'
import { connected, type VtpAddress } from './connect.ts'
import { VtpLine } from './vtp-line.ts'

/** `none`: the connection ended without an answer, for the reason given; the notice may have been taken all the same. */
export type AuthorAnswer =
  | { readonly answer: 'ack'; readonly by: string | null }
  | { readonly answer: 'nak'; readonly by: string | null; readonly reason: string | null }
  | { readonly answer: 'none'; readonly reason: string }

const answerOf = (document: VtpDocument): AuthorAnswer | null => {
  if (document.kind !== 'transport') return null
  if (document.role === 'ack') return { answer: 'ack', by: document.response }
  if (document.role === 'nak') return { answer: 'nak', by: document.response, reason: document.result }
  return null
}

/** Sends one notice to a broker's author port, byte for byte, and waits for its answer. Rejects when nothing listens. */
export const sendAsAuthor = async (
  raw: Uint8Array,
  broker: VtpAddress,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<AuthorAnswer> => {
  const socket = await connected(broker, { timeoutMs, signal })
  const answered = Promise.withResolvers<AuthorAnswer>()
  const line = new VtpLine(socket, {
    clock: systemClock,
    maxDocumentBytes: 1024 * 1024,
    documentDeadlineMs: timeoutMs,
    onDocument: (payload) => {
      const answer = answerOf(readVtpDocument(payload))
      if (answer) answered.resolve(answer)
    },
  })
  const patience = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const onAbort = () => line.drop(signal.aborted ? 'interrupted' : `no answer within ${timeoutMs / 1000} s`)
  patience.addEventListener('abort', onAbort, { once: true })
  line.send(raw)
  try {
    const nothing = line.ended.then((reason): AuthorAnswer => ({ answer: 'none', reason }))
    return await Promise.race([answered.promise, nothing])
  } finally {
    patience.removeEventListener('abort', onAbort)
    line.drop('done')
  }
}
