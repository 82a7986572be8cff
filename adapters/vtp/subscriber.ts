import type { AlertSource, SourceStatus } from '#commands/alerts/sources/alert-source.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { VtpDocument } from '#domain/shared/vtp/document.ts'
import { BackOff } from './back-off.ts'
import { addressText, connected, type VtpAddress } from './connect.ts'
import { Conversation, type ConversationLimits, type ConversationParts } from './conversation.ts'

export type SubscriberOptions = {
  readonly broker: VtpAddress
  /** Who we say we are. */
  readonly ivorn: string
  /** Must not reject while the log is away: a broker sends nothing twice. */
  readonly sink: NoticeSink
  readonly clock: Clock
  /** From 0 to 1, for the back-off. */
  readonly random: () => number
  /** Of changes: connected, lost and why, what could not be read. */
  readonly say?: (line: string) => void
  readonly limits?: Partial<SubscriberLimits>
}

export type SubscriberLimits = ConversationLimits & { readonly connectMs: number }

const usualLimits: SubscriberLimits = {
  connectMs: 10_000,
  silenceMs: 150_000,
  documentDeadlineMs: 30_000,
  maxDocumentBytes: 1024 * 1024,
  // A flood is read to its end, so that a real notice in it is found: the sink decides whose turn it is.
  maxUnacknowledged: 20_000,
  maxUnacknowledgedBytes: 64 * 1024 * 1024,
}

/**
 * Follows one broker for ever. An event is acknowledged once the sink has it and never refused: a broker may drop whoever
 * sends a nak, and one bad notice must cost neither the connection nor the next notice.
 */
export const vtpSubscriber = (options: SubscriberOptions): AlertSource => new Subscriber(options)

class Subscriber implements AlertSource {
  readonly #options: SubscriberOptions
  readonly #limits: SubscriberLimits
  readonly #backOff: BackOff
  #status: SourceStatus

  constructor(options: SubscriberOptions) {
    this.#options = options
    this.#limits = { ...usualLimits, ...options.limits }
    this.#backOff = new BackOff(options.random)
    const name = `VTP broker ${addressText(options.broker)}`
    this.#status = { name, state: 'connecting', detail: 'connecting', notices: 0, lastHeardAt: null }
  }

  status(): SourceStatus {
    return this.#status
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    while (!signal.aborted) {
      const why = await this.#follow(signal)
      if (signal.aborted) return
      const pauseMs = this.#backOff.next()
      this.#turned('down', `${why}; again in ${(pauseMs / 1000).toFixed(1)} s`)
      await clock.sleepUntil(clock.now() + pauseMs, signal).catch(() => {})
    }
  }

  /** One connection, from its beginning to its end; says why it ended. */
  async #follow(signal: AbortSignal): Promise<string> {
    const { broker, clock } = this.#options
    try {
      const socket = await connected(broker, { timeoutMs: this.#limits.connectMs, signal, clock })
      return await this.#converse(new Conversation(socket, this.#parts()), signal)
    } catch (error) {
      return error instanceof Error ? error.message : `${error}`
    }
  }

  async #converse(conversation: Conversation, signal: AbortSignal): Promise<string> {
    this.#turned('up', 'connected')
    const onAbort = () => conversation.drop('we are ending')
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    try {
      return await conversation.over
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  #parts(): ConversationParts {
    return {
      ...this.#options,
      limits: this.#limits,
      say: (line) => this.#options.say?.(`${this.#status.name}: ${line}`),
      onHeard: (document) => this.#heard(document),
    }
  }

  #heard(document: VtpDocument): void {
    const { notices } = this.#status
    // An iamalive proves that the broker keeps us; a connection alone does not.
    if (document.kind === 'transport' && document.role === 'iamalive') this.#backOff.wentWell()
    this.#status = {
      ...this.#status,
      notices: document.kind === 'transport' ? notices : notices + 1,
      lastHeardAt: instantOf(this.#options.clock.now()),
    }
  }

  #turned(state: SourceStatus['state'], detail: string): void {
    if (state !== this.#status.state) this.#options.say?.(`${this.#status.name}: ${detail}`)
    this.#status = { ...this.#status, state, detail }
  }
}
