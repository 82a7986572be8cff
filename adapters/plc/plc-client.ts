import { setImmediate as turn } from 'node:timers/promises'
import type { Plc } from '#commands/environment/plc.ts'
import type { PlcReply } from '#domain/environment/readings.ts'
import { replyInvalid, unreachable } from './faults.ts'
import { type PlcAddress, PlcLine } from './plc-line.ts'
import { decodeStatusReply, statusQuestion } from './status-reply.ts'

export type PlcOptions = PlcAddress & {
  /** For a whole question: connecting, sending and the reply. The error's `phase` says where the time went. */
  timeoutMs: number
  /** A longer reply is TOO_LARGE. 256 KiB, unless told: 70 times the longest status known. */
  maxReplyBytes?: number
}

/**
 * A PLC over one TCP connection that is kept, and made anew when a question finds it gone. Nothing is connected before
 * the first question. A question asked during another waits its turn; its time limit, and its signal, count from then.
 */
export const openPlc = (options: PlcOptions): Plc => new PlcClient(options)

class PlcClient implements Plc {
  readonly address: string
  readonly #options: Required<PlcOptions>
  #line: PlcLine | undefined
  #lastTurn: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(options: PlcOptions) {
    this.address = `${options.host}:${options.port}`
    this.#options = { maxReplyBytes: 256 * 1024, ...options }
  }

  status(signal?: AbortSignal): Promise<PlcReply> {
    const asked = this.#lastTurn.then(() => this.#ask(signal))
    this.#lastTurn = asked.catch(() => {})
    return asked
  }

  close(): void {
    this.#closed = true
    this.#line?.drop(unreachable('connect', this.address, 'the client was closed'))
  }

  async #ask(signal?: AbortSignal): Promise<PlcReply> {
    const line = await this.#usableLine()
    signal?.throwIfAborted()
    const timer = setTimeout(() => line.giveUp(this.#options.timeoutMs), this.#options.timeoutMs)
    const onAbort = () => line.drop(signal?.reason)
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      return statusOf(await line.ask(statusQuestion))
    } catch (error) {
      line.drop(error)
      throw error
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  async #usableLine(): Promise<PlcLine> {
    // Bytes that nobody asked for may lie unread: one turn lets the line see them and end itself.
    if (this.#line) await turn()
    if (this.#closed) throw unreachable('connect', this.address, 'the client was closed')
    if (!this.#line?.usable) this.#line = new PlcLine(this.#options, this.#options.maxReplyBytes)
    return this.#line
  }
}

const statusOf = (text: string): PlcReply => {
  const raw = new TextEncoder().encode(text)
  const parsed = parsedJson(text)
  if (!parsed.ok) throw replyInvalid('INVALID_JSON', parsed.detail, raw)
  const decoded = decodeStatusReply(parsed.json)
  if (!decoded.ok) throw replyInvalid('WRONG_SHAPE', decoded.detail, raw)
  return decoded.reply
}

type Parsed = { ok: true; json: unknown } | { ok: false; detail: string }

const parsedJson = (text: string): Parsed => {
  try {
    return { ok: true, json: JSON.parse(text) }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : `${error}` }
  }
}
