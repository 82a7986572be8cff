/** A message to an agent. `content` is JSON. */
export type Message = {
  readonly id: string
  readonly name: string
  readonly content: unknown
  /** Agent or user who sent it. */
  readonly from: string
}

/**
 * Handles a message; what it returns is the answer. May be called again for a message whose handling a crash cut short:
 * what it does is to be idempotent by the message's id. `signal` ends when the message is taken back.
 */
export type MessageHandler = (message: Message, signal: AbortSignal) => Promise<unknown>

/** Thrown by a handler to say whose fault it is: 4xx the sender's, 5xx the agent's. Anything else counts as 500. */
export class MessageFailed extends Error {
  readonly code: number
  constructor(code: number, why: string) {
    super(why)
    this.name = 'MessageFailed'
    this.code = code
  }
}
