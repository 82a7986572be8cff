import type { Message } from './message.ts'

type Before = (message: Message) => void
type After = (message: Message, result: unknown) => void
type Registered<Callback> = { readonly name: string; readonly callback: Callback }

/** Who wants to know that an agent handles a message: before, and after with the result; not when nobody handles it. */
export class Callbacks {
  readonly #before = new Set<Registered<Before>>()
  readonly #after = new Set<Registered<After>>()

  /** Gives back how to remove it. */
  before(name: string, callback: Before): () => void {
    return this.#added(this.#before, { name, callback })
  }

  /** Gives back how to remove it. Not called when the handler throws. */
  after(name: string, callback: After): () => void {
    return this.#added(this.#after, { name, callback })
  }

  /** The next message by this name that is handled, once. */
  next(name: string): Promise<unknown> {
    return new Promise((resolve) => {
      const remove = this.after(name, (_, result) => {
        remove()
        resolve(result)
      })
    })
  }

  tellBefore(message: Message): void {
    for (const { name, callback } of [...this.#before]) if (name === message.name) callback(message)
  }

  tellAfter(message: Message, result: unknown): void {
    for (const { name, callback } of [...this.#after]) if (name === message.name) callback(message, result)
  }

  #added<Callback>(set: Set<Registered<Callback>>, registered: Registered<Callback>): () => void {
    set.add(registered)
    return () => {
      set.delete(registered)
    }
  }
}
