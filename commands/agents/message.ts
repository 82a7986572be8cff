/** A message to an agent. `content` is JSON. */
export type Message = {
  readonly id: string
  readonly name: string
  readonly content: unknown
  /** Agent or user who sent it. */
  readonly from: string
}

/** Handles a message; what it returns is the reply of a request. May be called again for a message whose handling a crash cut short. */
export type MessageHandler = (message: Message) => Promise<unknown>
