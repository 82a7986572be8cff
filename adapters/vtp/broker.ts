import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import { readVtpDocument } from '#domain/shared/vtp/document.ts'
import { transportDocument } from '#domain/shared/vtp/transport.ts'
import { allowList } from './allow-list.ts'
import type { VtpAddress } from './connect.ts'
import { VtpLine } from './vtp-line.ts'

export type BrokerOptions = {
  readonly listen: VtpAddress
  /** Addresses and networks; whoever is not of them is cut without a word. */
  readonly allowed: readonly string[]
  readonly ivorn: string
  readonly clock: Clock
  readonly say?: (line: string) => void
}

const iamaliveMs = 60_000
const maxSubscribers = 100
/** Comet takes no longer document, and what subscribers send us is shorter by far. */
const maxDocumentBytes = 99_999
/** So much unread by a subscriber, and it is cut, alone (K8). */
const maxUnsentBytes = 1024 * 1024

type Subscriber = { readonly line: VtpLine; readonly address: string; owesAnswer: boolean }

/** Notices of ours to whoever follows us by VTP. There is no replay: who is not there does not get it. */
export class VtpPublisher {
  readonly #options: BrokerOptions
  readonly #isAllowed: (address: string | undefined) => boolean
  readonly #subscribers = new Set<Subscriber>()
  readonly #stopping = new AbortController()
  readonly #server: Server

  constructor(options: BrokerOptions) {
    this.#options = options
    this.#isAllowed = allowList(options.allowed)
    this.#server = createServer({ noDelay: true }, (socket) => this.#welcome(socket))
    this.#server.maxConnections = maxSubscribers
  }

  get subscribers(): number {
    return this.#subscribers.size
  }

  /** Those who have not answered the last iamalive, yet. */
  get silentSubscribers(): number {
    return [...this.#subscribers].filter(({ owesAnswer }) => owesAnswer).length
  }

  async listen(): Promise<VtpAddress> {
    const { host, port } = this.#options.listen
    this.#server.listen(port, host)
    await once(this.#server, 'listening')
    void this.#keepAlive()
    const address = this.#server.address()
    return { host, port: typeof address === 'object' && address ? address.port : port }
  }

  publish(document: Uint8Array): void {
    for (const subscriber of this.#subscribers) this.#send(subscriber, document)
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    for (const { line } of this.#subscribers) line.drop('we are ending')
    this.#server.close()
    await once(this.#server, 'close')
  }

  #welcome(socket: Socket): void {
    const { remoteAddress: address = 'unknown' } = socket
    if (!this.#isAllowed(socket.remoteAddress)) {
      this.#options.say?.(`a subscriber at ${address} is not on the list and was cut`)
      socket.on('error', () => {}).destroy()
      return
    }
    const line = new VtpLine(socket, {
      clock: this.#options.clock,
      maxDocumentBytes,
      documentDeadlineMs: 30_000,
      onDocument: (payload) => {
        const document = readVtpDocument(payload)
        if (document.kind === 'transport' && document.role === 'iamalive') subscriber.owesAnswer = false
      },
    })
    const subscriber: Subscriber = { line, address, owesAnswer: false }
    this.#subscribers.add(subscriber)
    void line.ended.then((why) => {
      this.#subscribers.delete(subscriber)
      this.#options.say?.(`subscriber ${address} is gone: ${why}`)
    })
  }

  #send({ line }: Subscriber, document: Uint8Array): void {
    line.send(document)
    if (line.unsentBytes > maxUnsentBytes) line.drop('it reads too slowly')
  }

  async #keepAlive(): Promise<void> {
    const { clock, ivorn: origin } = this.#options
    while (!this.#stopping.signal.aborted) {
      await clock.sleepUntil(clock.now() + iamaliveMs, this.#stopping.signal).catch(() => {})
      if (this.#stopping.signal.aborted) return
      const document = transportDocument({ role: 'iamalive', origin, at: instantOf(clock.now()) })
      for (const subscriber of this.#subscribers) {
        if (subscriber.owesAnswer) subscriber.line.drop('it left an iamalive unanswered')
        subscriber.owesAnswer = true
        this.#send(subscriber, document)
      }
    }
  }
}
