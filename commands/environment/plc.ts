import type { PlcReply } from '#domain/environment/readings.ts'

/** How far a poll came before the line failed. */
export type LinkPhase = 'connect' | 'send' | 'reply'

/** No answer: nobody listens, the line broke, or the time was up. */
export class PlcUnreachable extends Error {
  readonly phase: LinkPhase
  constructor(phase: LinkPhase, detail: string) {
    super(detail)
    this.name = 'PlcUnreachable'
    this.phase = phase
  }
}

/** An answer that is no status. `raw` is what came, as text, cut at 2,048 characters; `rawBytes` its whole length. */
export class PlcReplyInvalid extends Error {
  readonly reason: 'INVALID_JSON' | 'WRONG_SHAPE' | 'TOO_LARGE'
  readonly raw: string
  readonly rawBytes: number
  constructor(reason: PlcReplyInvalid['reason'], detail: string, raw: string, rawBytes: number) {
    super(detail)
    this.name = 'PlcReplyInvalid'
    this.reason = reason
    this.raw = raw
    this.rawBytes = rawBytes
  }
}

/** The port to the observatory's programmable logic controller. One question at a time. */
export type Plc = {
  /** `host:port`, for people. */
  readonly address: string
  /** Asks STATUS; settles within its own time limit with {@link PlcUnreachable} or {@link PlcReplyInvalid} if it fails. */
  status(signal?: AbortSignal): Promise<PlcReply>
  close(): void
}
