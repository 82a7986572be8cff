import type { Socket } from 'node:net'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import { readVtpDocument, type VtpDocument } from '#domain/shared/vtp/document.ts'
import { transportDocument } from '#domain/shared/vtp/transport.ts'
import { addressText, type VtpAddress } from './connect.ts'
import { VtpLine } from './vtp-line.ts'

export type ConversationLimits = {
  /** Nothing at all for so long, and the connection counts as dead. Brokers send an iamalive every 60 s. */
  readonly silenceMs: number
  readonly documentDeadlineMs: number
  readonly maxDocumentBytes: number
  /** So many notices on their way into the log, and the broker has to wait. */
  readonly maxUnacknowledged: number
  readonly maxUnacknowledgedBytes: number
}

export type ConversationParts = {
  readonly broker: VtpAddress
  readonly ivorn: string
  readonly sink: NoticeSink
  readonly clock: Clock
  readonly limits: ConversationLimits
  readonly say: (line: string) => void
  readonly onHeard: (document: VtpDocument) => void
}

/** One connection to a broker, seen from the subscriber. */
export class Conversation {
  /** Resolves with the reason once it is over. */
  readonly over: Promise<string>
  readonly #parts: ConversationParts
  readonly #line: VtpLine
  readonly #ended = new AbortController()
  #heardAt: number
  #unacknowledged = 0
  #unacknowledgedBytes = 0

  constructor(socket: Socket, parts: ConversationParts) {
    this.#parts = parts
    this.#heardAt = parts.clock.now()
    this.#line = new VtpLine(socket, {
      clock: parts.clock,
      ...parts.limits,
      onDocument: (payload) => this.#took(payload),
    })
    this.over = this.#line.ended.finally(() => this.#ended.abort())
    void this.#watchSilence()
  }

  drop(why: string): void {
    this.#line.drop(why)
  }

  #took(payload: Uint8Array): void {
    this.#heardAt = this.#parts.clock.now()
    if (payload.length === 0) {
      this.#parts.say('sent an empty document')
      return
    }
    const document = readVtpDocument(payload)
    this.#parts.onHeard(document)
    if (document.kind === 'transport') this.#answer(document)
    else void this.#keep(payload, document.kind === 'event' ? document.ivorn : null)
  }

  /** Asked to authenticate, a client without a filter has nothing to say. */
  #answer({ role, origin }: { role: string; origin: string }): void {
    if (role === 'iamalive') this.#send('iamalive', origin)
  }

  #send(role: 'iamalive' | 'ack', origin: string): void {
    const { ivorn: response, clock } = this.#parts
    this.#line.send(transportDocument({ role, origin, response, at: instantOf(clock.now()) }))
  }

  /** What is not even XML is kept too; only, nobody can be told so. */
  async #keep(raw: Uint8Array, ivorn: string | null): Promise<void> {
    const { sink, broker, clock } = this.#parts
    this.#unacknowledged += 1
    this.#unacknowledgedBytes += raw.length
    if (this.#isFull()) this.#line.pause()
    try {
      const source = { kind: 'vtp', broker: addressText(broker) } as const
      await sink({ raw, source, receivedAt: instantOf(clock.now()) })
      if (ivorn !== null) this.#send('ack', ivorn)
    } catch (error) {
      if (!this.#ended.signal.aborted)
        this.#parts.say(
          `a notice was not kept and not acknowledged: ${error instanceof Error ? error.message : error}`,
        )
    } finally {
      this.#unacknowledged -= 1
      this.#unacknowledgedBytes -= raw.length
      if (!this.#isFull()) this.#line.resume()
    }
  }

  #isFull(): boolean {
    const { maxUnacknowledged, maxUnacknowledgedBytes } = this.#parts.limits
    return this.#unacknowledged >= maxUnacknowledged || this.#unacknowledgedBytes >= maxUnacknowledgedBytes
  }

  /** A line that is half open looks well for ever: only what arrives proves that it is not. */
  async #watchSilence(): Promise<void> {
    const { clock, limits } = this.#parts
    const due = () => this.#heardAt + limits.silenceMs
    try {
      while (clock.now() < due()) await clock.sleepUntil(due(), this.#ended.signal)
      this.drop(`nothing came for ${limits.silenceMs / 1000} s`)
    } catch {
      // The connection ended first.
    }
  }
}
