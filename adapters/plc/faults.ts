import { type LinkPhase, PlcReplyInvalid, PlcUnreachable } from '#commands/environment/plc.ts'
import { statusQuestion } from './status-reply.ts'

const keptCharacters = 2_048

/** P14: the first words are those of PYROS's log, so that its operators find them. */
export const unreachable = (phase: LinkPhase, address: string, cause: string): PlcUnreachable => {
  switch (phase) {
    case 'connect':
      return new PlcUnreachable(phase, `FAILED TO CONNECT TO DEVICE PLC (${address}): ${cause}`)
    case 'send':
      return new PlcUnreachable(
        phase,
        `Could not send message (on socket) to PLC (${address}): '${statusQuestion}' -> ${cause}`,
      )
    case 'reply':
      return new PlcUnreachable(
        phase,
        `Invalid PLC status returned (while reading) : NOT_SET (${address}): ${cause}`,
      )
  }
}

export const replyInvalid = (reason: PlcReplyInvalid['reason'], detail: string, raw: Uint8Array) =>
  new PlcReplyInvalid(
    reason,
    `Invalid PLC status returned (while reading) : ${detail}`,
    // At most four bytes a character.
    new TextDecoder().decode(raw.subarray(0, 4 * keptCharacters)).slice(0, keptCharacters),
    raw.length,
  )

/** What broke the line, in words where the code has them. */
export const causeOf = (error: NodeJS.ErrnoException): string =>
  (error.code && causes[error.code]) ?? error.message

const causes: Record<string, string> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EPIPE: 'Broken pipe',
  ENOTFOUND: 'No such host',
  EHOSTUNREACH: 'No route to host',
  ETIMEDOUT: 'Connection timed out',
}
