import type { Socket } from 'node:net'
import type { Clock } from '#domain/shared/clock.ts'
import { VtpFraming, vtpFrame } from '#domain/shared/vtp/framing.ts'

export type VtpLineOptions = {
  readonly clock: Clock
  /** A longer document ends the connection: where the next one begins cannot be known. */
  readonly maxDocumentBytes: number
  /** From the first byte of a document to its last, however it trickles. */
  readonly documentDeadlineMs: number
  readonly onDocument: (payload: Uint8Array) => void
}

/** One VTP connection: documents in, documents out. It says why it ended, whoever ended it. */
export class VtpLine {
  /** Resolves with the reason once the connection is over. */
  readonly ended: Promise<string>
  readonly #socket: Socket
  readonly #options: VtpLineOptions
  readonly #framing: VtpFraming
  readonly #end = Promise.withResolvers<string>()
  #deadline: AbortController | null = null

  constructor(socket: Socket, options: VtpLineOptions) {
    this.#socket = socket
    this.#options = options
    this.#framing = new VtpFraming(options.maxDocumentBytes)
    this.ended = this.#end.promise
    socket
      .setKeepAlive(true, 30_000)
      .setNoDelay(true)
      .on('data', (chunk) => this.#took(chunk))
      .on('error', (error) => this.drop(error.message))
      .on('end', () => this.drop('the other side closed the connection'))
      .on('close', () => this.drop('the connection was closed'))
  }

  /** Bytes that were written and not yet taken by the network. */
  get unsentBytes(): number {
    return this.#socket.writableLength
  }

  send(document: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(vtpFrame(document))
  }

  /** No more documents until {@link resume}: the other side has to wait. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Ends at once, whatever is still unsent. */
  drop(why: string): void {
    this.#deadline?.abort()
    this.#socket.destroy()
    this.#end.resolve(why)
  }

  /** Ends once everything that was sent is on its way. */
  finish(why: string): void {
    this.#socket.end(() => this.drop(why))
  }

  #took(chunk: Uint8Array): void {
    const { payloads, lost } = this.#framing.push(chunk)
    if (payloads.length > 0 || !this.#framing.midFrame) this.#clearDeadline()
    for (const payload of payloads) this.#options.onDocument(payload)
    if (lost)
      this.drop(`a document of ${lost.announcedBytes} bytes was announced; ${lost.maxBytes} is the most`)
    else if (this.#framing.midFrame) void this.#watchDeadline()
  }

  #clearDeadline(): void {
    this.#deadline?.abort()
    this.#deadline = null
  }

  async #watchDeadline(): Promise<void> {
    if (this.#deadline) return
    const { clock, documentDeadlineMs } = this.#options
    const deadline = new AbortController()
    this.#deadline = deadline
    const inTime = await clock.sleepUntil(clock.now() + documentDeadlineMs, deadline.signal).then(
      () => false,
      () => true,
    )
    if (!inTime) this.drop(`a document was begun and not ended within ${documentDeadlineMs / 1000} s`)
  }
}
