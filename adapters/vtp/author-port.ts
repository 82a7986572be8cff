import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { AlertSource, SourceStatus } from '#commands/alerts/sources/alert-source.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import { readVtpDocument } from '#domain/shared/vtp/document.ts'
import { transportDocument } from '#domain/shared/vtp/transport.ts'
import { allowList } from './allow-list.ts'
import { addressText, type VtpAddress } from './connect.ts'
import { VtpLine } from './vtp-line.ts'

export type AuthorPortOptions = {
  readonly listen: VtpAddress
  /** Addresses and networks; whoever is not of them is cut without a word. */
  readonly allowed: readonly string[]
  readonly ivorn: string
  readonly sink: NoticeSink
  readonly clock: Clock
  readonly say?: (line: string) => void
  readonly onListening?: (address: VtpAddress) => void
  /** One author has so long from connecting to the answer. */
  readonly deadlineMs?: number
}

const maxDocumentBytes = 1024 * 1024
const maxAuthors = 200
const usualDeadlineMs = 20_000

/** Takes one notice per connection from authors and answers once it is durable. */
export const vtpAuthorPort = (options: AuthorPortOptions): AlertSource => new AuthorPort(options)

class AuthorPort implements AlertSource {
  readonly #options: AuthorPortOptions
  readonly #isAllowed: (address: string | undefined) => boolean
  readonly #lines = new Set<VtpLine>()
  #status: SourceStatus

  constructor(options: AuthorPortOptions) {
    this.#options = options
    this.#isAllowed = allowList(options.allowed)
    const name = `VTP author port ${addressText(options.listen)}`
    this.#status = { name, state: 'connecting', detail: 'opening', notices: 0, lastHeardAt: null }
  }

  status(): SourceStatus {
    return this.#status
  }

  async run(signal: AbortSignal): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => this.#welcome(socket))
    server.maxConnections = maxAuthors
    try {
      await this.#listen(server)
      if (!signal.aborted) await once(signal, 'abort')
    } catch (error) {
      const detail = error instanceof Error ? error.message : `${error}`
      this.#status = { ...this.#status, state: 'down', detail }
      throw error
    } finally {
      for (const line of this.#lines) line.drop('we are ending')
      server.close()
    }
  }

  async #listen(server: Server): Promise<void> {
    const { listen, onListening } = this.#options
    server.listen(listen.port, listen.host)
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : listen.port
    this.#status = {
      ...this.#status,
      name: `VTP author port ${addressText({ host: listen.host, port })}`,
      state: 'up',
      detail: 'listening',
    }
    onListening?.({ host: listen.host, port })
  }

  #welcome(socket: Socket): void {
    const { remoteAddress = 'unknown' } = socket
    if (!this.#isAllowed(socket.remoteAddress)) {
      this.#options.say?.(`an author at ${remoteAddress} is not on the list and was cut`)
      socket.on('error', () => {}).destroy()
      return
    }
    const { clock, deadlineMs = usualDeadlineMs } = this.#options
    let begun = false
    const line = new VtpLine(socket, {
      clock,
      maxDocumentBytes,
      documentDeadlineMs: deadlineMs,
      onDocument: (payload) => {
        // One connection, one notice: what comes after the first is a protocol of its own and stays unread.
        if (begun || payload.length === 0) return
        begun = true
        line.pause()
        void this.#receive(payload, line, remoteAddress)
      },
    })
    this.#lines.add(line)
    const over = new AbortController()
    void line.ended.then(() => {
      this.#lines.delete(line)
      over.abort()
    })
    clock
      .sleepUntil(clock.now() + deadlineMs, over.signal)
      .then(() => line.drop('time is over'))
      .catch(() => {})
  }

  async #receive(raw: Uint8Array, line: VtpLine, address: string): Promise<void> {
    const { sink, clock, say } = this.#options
    const document = readVtpDocument(raw)
    if (document.kind === 'transport') return line.drop('a transport message where a notice was due')
    const receivedAt = instantOf(clock.now())
    this.#status = { ...this.#status, notices: this.#status.notices + 1, lastHeardAt: receivedAt }
    try {
      const { outcome, detail } = await sink({ raw, source: { kind: 'vtp-author', address }, receivedAt })
      // Without an ivorn there is nothing to name in an answer; the bytes are kept all the same.
      if (document.kind === 'unknown' || document.ivorn === null) return line.drop('no ivorn to answer to')
      const refusal = outcome === 'quarantined' ? { result: detail ?? 'it cannot be read' } : {}
      line.send(this.#answer(document.ivorn, refusal))
      line.finish('answered')
    } catch (error) {
      // No answer means: send it again.
      say?.(`a notice of ${address} was not kept: ${error instanceof Error ? error.message : error}`)
      line.drop('the notice could not be kept')
    }
  }

  #answer(origin: string, refusal: { result?: string }): Uint8Array {
    const { ivorn: response, clock } = this.#options
    const role = refusal.result === undefined ? 'ack' : 'nak'
    return transportDocument({ role, origin, response, ...refusal, at: instantOf(clock.now()) })
  }
}
