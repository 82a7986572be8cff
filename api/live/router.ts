import type { z } from 'zod'
import { directory } from '#domain/live/directory.ts'
import { checkSubscription, isWanted, type Subscription } from '#domain/live/subscription.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import { volatileItem } from './cloud-event.ts'
import type { LiveItem } from './item.ts'
import { RequestRefused } from './request-refused.ts'

export type RequestHandler = (params: unknown, signal: AbortSignal) => unknown

/** A sender of this process: what it may say, each with the shape of its data, and what it can be asked. */
export type LocalSender = {
  readonly sender: string
  readonly events: Readonly<Record<string, z.ZodType>>
  readonly requests?: Readonly<Record<string, RequestHandler>>
  /** Answers what has no handler of its own (S13). */
  readonly otherwise?: RequestHandler
  /** What goes with its `#connect` and `#disconnect`. */
  readonly about?: unknown
}

/** A sender said what it did not declare, or with data of another shape. */
export class EventUndeclared extends Error {
  readonly code = 'EVENT_UNDECLARED'
}

export type Listener = {
  readonly wants: readonly Subscription[]
  readonly hear: (item: LiveItem) => void
}

export type Registration = {
  /** Reaches whoever listens; nobody is fine (S10). */
  fire(event: string, data: unknown): void
  leave(): void
}

const defaultTimeoutMs = 15_000

/**
 * Hands what senders say to who wants to hear it, in the order it was said. What is said here by local senders is in no
 * log and reaches only who is connected; what stands in the log comes in through `publish`.
 */
export class Router {
  readonly #clock: Clock
  readonly #onFault: (error: unknown) => void
  readonly #listeners = new Set<Listener>()
  readonly #senders = new Map<string, { readonly local: LocalSender; readonly since: string }>()
  #said = 0

  constructor(clock: Clock, onFault: (error: unknown) => void = () => {}) {
    this.#clock = clock
    this.#onFault = onFault
  }

  /**
   * Listens from the next item on; a sender need not be there yet (S9). Gives back how to stop. Throws
   * `SubscriptionRefused` for what nobody will ever say.
   */
  listen(listener: Listener): () => void {
    for (const wanted of listener.wants) checkSubscription(wanted, directory)
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  get listeners(): number {
    return this.#listeners.size
  }

  /** A listener that fails is its own affair: the others hear it all the same. */
  publish(item: LiveItem): void {
    for (const { wants, hear } of this.#listeners) {
      if (!wants.some((wanted) => isWanted(wanted, item.sender, item.names))) continue
      try {
        hear(item)
      } catch (error) {
        this.#onFault(error)
      }
    }
  }

  /** Lets a sender in and says so (S8). Throws when its name is taken. */
  register(local: LocalSender): Registration {
    const { sender } = local
    if (this.#senders.has(sender)) throw new Error(`${sender} is connected already`)
    this.#senders.set(sender, { local, since: instantOf(this.#clock.now()) })
    this.#say(sender, '#connect', local.about)
    return {
      fire: (event, data) => this.#fire(local, event, data),
      leave: () => {
        if (this.#senders.get(sender)?.local !== local) return
        this.#senders.delete(sender)
        this.#say(sender, '#disconnect', local.about)
      },
    }
  }

  /** Who of this process is connected, and since when. */
  connected(): { readonly sender: string; readonly since: string }[] {
    return [...this.#senders].map(([sender, { since }]) => ({ sender, since }))
  }

  has(sender: string): boolean {
    return this.#senders.has(sender)
  }

  /** Asks a sender of this process; the answer is the asker's alone (S12). Rejects with {@link RequestRefused}. */
  async request(
    sender: string,
    name: string,
    params: unknown,
    timeoutMs = defaultTimeoutMs,
  ): Promise<unknown> {
    const local = this.#senders.get(sender)?.local
    if (!local) throw new RequestRefused('SENDER_NOT_CONNECTED', `${sender} is not connected`)
    const own = Object.hasOwn(local.requests ?? {}, name) ? local.requests?.[name] : undefined
    const handler = own ?? local.otherwise
    if (!handler) {
      const known = Object.keys(local.requests ?? {}).join(', ') || 'nothing'
      throw new RequestRefused(
        'NO_SUCH_REQUEST',
        `${sender} cannot be asked ${name}; it can be asked ${known}`,
      )
    }
    return this.#inTime(sender, name, timeoutMs, async (signal) => handler(params, signal))
  }

  #fire({ sender, events }: LocalSender, event: string, data: unknown): void {
    const shape = Object.hasOwn(events, event) ? events[event] : undefined
    if (!shape) {
      const declared = Object.keys(events).join(', ') || 'nothing'
      throw new EventUndeclared(`${sender} does not declare ${event}; it declares ${declared}`)
    }
    const checked = shape.safeParse(data)
    if (!checked.success) throw new EventUndeclared(`${sender}: ${event} is not so: ${checked.error.message}`)
    this.#say(sender, event, checked.data)
  }

  #say(sender: string, event: string, data: unknown): void {
    const at = instantOf(this.#clock.now())
    this.publish(volatileItem({ id: `${at}/${this.#said++}`, sender, event, at, data }))
  }

  async #inTime(
    sender: string,
    name: string,
    timeoutMs: number,
    work: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<unknown> {
    const over = new AbortController()
    const late = this.#clock.sleepUntil(this.#clock.now() + timeoutMs, over.signal).then(() => {
      throw new RequestRefused('TIMEOUT', `${sender} did not answer ${name} within ${timeoutMs / 1000} s`)
    })
    try {
      return await Promise.race([work(over.signal), late])
    } finally {
      over.abort(new Error('answered'))
      late.catch(() => {})
    }
  }
}
