import type { Socket } from 'node:net'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import { readVtpDocument } from '#domain/shared/vtp/document.ts'
import { VtpFraming, vtpFrame } from '#domain/shared/vtp/framing.ts'
import { transportDocument } from '#domain/shared/vtp/transport.ts'
import { type TcpAddress, TcpServer } from './tcp-server.ts'

export type VtpBrokerOptions = {
  readonly clock: Clock
  readonly iamaliveMs?: number
  readonly log?: (line: string) => void
}

type Subscriber = {
  readonly socket: Socket
  unacknowledged: number
  /** An iamalive went out and no answer came back. */
  owesAnswer: boolean
}

const usualIamaliveMs = 60_000
/** As Comet counts. */
const mostUnacknowledged = 10
const ivorn = 'ivo://noctuary.simulator/broker'

/**
 * A VTP broker as its subscribers see it, as strict as Comet: it cuts whoever sends a nak, leaves an iamalive unanswered
 * until the next, or then has ten events unacknowledged. It never sends anything twice by itself.
 */
export class VtpBroker {
  /** The ivorns of the acknowledgements, as they came. */
  readonly acknowledged: string[] = []
  answers = 0
  naks = 0
  /** Sends no iamalive, reads nothing. */
  silent = false
  readonly #clock: Clock
  readonly #iamaliveMs: number
  readonly #log: (line: string) => void
  readonly #server = new TcpServer((socket) => this.#welcome(socket))
  readonly #subscribers = new Set<Subscriber>()
  readonly #stopping = new AbortController()
  /** Counts openings: after an outage the iamalives begin anew. */
  #round = 0
  readonly #waiting = new Set<{ readonly holds: () => boolean; readonly resolve: () => void }>()

  constructor({ clock, iamaliveMs = usualIamaliveMs, log = () => {} }: VtpBrokerOptions) {
    this.#clock = clock
    this.#iamaliveMs = iamaliveMs
    this.#log = log
  }

  get listening(): boolean {
    return this.#server.listening
  }

  get subscribers(): number {
    return this.#subscribers.size
  }

  /** Opens the port again after {@link close} too. */
  async listen({ port, host = '127.0.0.1' }: { port: number; host?: string }): Promise<TcpAddress> {
    const address = await this.#server.open({ host, port })
    void this.#tick()
    return address
  }

  /** Cuts everybody and frees the port, as an outage does. */
  async close(): Promise<void> {
    await this.#server.close()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.close()
  }

  /** Sends an event to every subscriber. */
  send(document: Uint8Array): void {
    this.sendBytes([vtpFrame(document)], 1)
  }

  /** Sends bytes as they are; `events` events in them want an acknowledgement. */
  sendBytes(writes: readonly Uint8Array[], events: number): void {
    for (const subscriber of this.#subscribers) {
      subscriber.unacknowledged += events
      for (const bytes of writes) subscriber.socket.write(bytes)
    }
  }

  iamalive(): void {
    const document = transportDocument({ role: 'iamalive', origin: ivorn, at: instantOf(this.#clock.now()) })
    for (const subscriber of this.#subscribers) {
      subscriber.owesAnswer = true
      subscriber.socket.write(vtpFrame(document))
    }
  }

  /** Cuts every subscriber once what was sent is on its way. */
  hangUp(): void {
    for (const { socket } of this.#subscribers) socket.end()
  }

  /** Resolves once it is so; looked at again whenever something arrives, connects or goes. */
  async until(holds: () => boolean): Promise<void> {
    if (holds()) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.add({ holds, resolve })
    await promise
  }

  #changed(): void {
    for (const waiting of this.#waiting) {
      if (!waiting.holds()) continue
      this.#waiting.delete(waiting)
      waiting.resolve()
    }
  }

  async #tick(): Promise<void> {
    const { signal } = this.#stopping
    this.#round += 1
    const round = this.#round
    while (this.#server.listening && round === this.#round) {
      const slept = this.#clock.sleepUntil(this.#clock.now() + this.#iamaliveMs, signal).then(
        () => true,
        () => false,
      )
      if (!(await slept)) return
      if (this.silent || round !== this.#round) continue
      this.#cutTheDead()
      this.iamalive()
    }
  }

  #cutTheDead(): void {
    for (const { socket, owesAnswer, unacknowledged } of this.#subscribers) {
      if (!owesAnswer && unacknowledged < mostUnacknowledged) continue
      this.#log(
        owesAnswer
          ? 'a subscriber does not answer and is cut'
          : 'a subscriber does not acknowledge and is cut',
      )
      socket.destroy()
    }
  }

  #welcome(socket: Socket): void {
    const subscriber = { socket, unacknowledged: 0, owesAnswer: false }
    const framing = new VtpFraming(100_000)
    this.#subscribers.add(subscriber)
    socket.on('close', () => {
      this.#subscribers.delete(subscriber)
      this.#changed()
    })
    socket.on('data', (chunk) => {
      if (this.silent) return
      for (const payload of framing.push(chunk).payloads) this.#took(payload, subscriber)
      this.#changed()
    })
    this.#changed()
  }

  #took(payload: Uint8Array, subscriber: Subscriber): void {
    const document = readVtpDocument(payload)
    if (document.kind !== 'transport') return
    switch (document.role) {
      case 'ack':
        subscriber.unacknowledged -= 1
        this.acknowledged.push(document.origin)
        break
      case 'nak':
        this.naks += 1
        subscriber.socket.destroy()
        break
      case 'iamalive':
        subscriber.owesAnswer = false
        this.answers += 1
        break
    }
  }
}
