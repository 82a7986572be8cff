import { positionText } from '#api/http/paging.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import type { Rounds } from './rounds.ts'
import { serverSent } from './server-sent.ts'

/** What a line writes to: a response, or anything that says when it is full. */
export type Outlet = {
  /** False when nothing more should be given until `drain`. */
  write(bytes: Buffer): boolean
  once(event: 'drain', listener: () => void): unknown
  end(): unknown
  destroy(): unknown
}

export type LineLimits = {
  /** Waiting for one client at the most, beyond what its socket takes. */
  readonly mostItems: number
  readonly mostBytes: number
  /** A client that takes nothing for so long is cut too, and has so long to hear it. */
  readonly stalledMs: number
}

export const usualLimits: LineLimits = { mostItems: 2_000, mostBytes: 1024 * 1024, stalledMs: 30_000 }

export type LineParts = {
  readonly clock: Clock
  readonly limits: LineLimits
  readonly rounds: Pick<Rounds, 'add'>
}

/** Who gives a line much waits when so much is not written yet. */
const patientBytes = 64 * 1024
const writtenAtOnce = 64 * 1024

type Frame = { readonly bytes: Buffer; readonly position: Position | null }

/**
 * What waits for one client (K8): in order, and bounded. A client that does not read is cut, alone: it is told
 * `SLOW_CONSUMER` with the position of the last event it was given, from where it can resume.
 */
export class ClientLine {
  readonly #outlet: Outlet
  readonly #clock: Clock
  readonly #limits: LineLimits
  readonly #rounds: Pick<Rounds, 'add'>
  readonly #onCut: () => void
  #waiting: Frame[] = []
  #waitingBytes = 0
  #given: Position | null = null
  #full = false
  #fullSince = 0
  #flushing = false
  #state: 'open' | 'cut' | 'closed' = 'open'
  #room = Promise.withResolvers<void>()

  constructor(outlet: Outlet, { clock, limits, rounds }: LineParts, onCut: () => void) {
    this.#outlet = outlet
    this.#clock = clock
    this.#limits = limits
    this.#rounds = rounds
    this.#onCut = onCut
  }

  get state() {
    return this.#state
  }

  get idle(): boolean {
    return !this.#full && this.#waiting.length === 0
  }

  send(bytes: Buffer, position: Position | null = null): void {
    if (this.#state !== 'open') return
    const { mostItems, mostBytes } = this.#limits
    // One that is larger than all that may wait goes when nothing else does.
    const fits = this.#waitingBytes === 0 || this.#waitingBytes + bytes.length <= mostBytes
    if (!fits || this.#waiting.length >= mostItems) {
      this.cut()
      return
    }
    this.#waiting.push({ bytes, position })
    this.#waitingBytes += bytes.length
    this.#flushSoon()
  }

  /** The same for who has much and can wait: resolves when there is room for more, or the line is over. */
  async sendPatiently(bytes: Buffer, position: Position): Promise<void> {
    this.send(bytes, position)
    if (this.#waitingBytes < patientBytes) return
    while (this.#state === 'open' && !this.idle) await this.#room.promise
  }

  /** Cuts the line if its client has taken nothing for too long. */
  check(): void {
    if (this.#full && this.#clock.now() - this.#fullSince >= this.#limits.stalledMs) this.cut()
  }

  cut(): void {
    if (this.#state !== 'open') return
    this.#state = 'cut'
    this.#waiting = []
    const lastPosition = this.#given && positionText(this.#given)
    const words = 'events came faster than they were read; resume with since=lastPosition'
    this.#outlet.write(
      Buffer.from(serverSent('slow-consumer', { code: 'SLOW_CONSUMER', lastPosition, detail: words })),
    )
    this.#outlet.end()
    this.#wakeWaiting()
    this.#onCut()
  }

  /** The socket is gone. */
  close(): void {
    this.#state = 'closed'
    this.#waiting = []
    this.#wakeWaiting()
  }

  /** What is said until the next round leaves in one write. */
  #flushSoon(): void {
    if (this.#flushing || this.#full) return
    this.#flushing = true
    this.#rounds.add(() => {
      this.#flushing = false
      this.#flush()
    })
  }

  #flush(): void {
    while (this.#state === 'open' && !this.#full && this.#waiting.length > 0)
      if (!this.#outlet.write(this.#taken())) this.#awaitDrain()
    if (this.idle) this.#wakeWaiting()
  }

  /** What waits, as one piece of a moderate size: it is a copy, and there may be many lines. */
  #taken(): Buffer {
    let [count, size] = [0, 0]
    for (const { bytes } of this.#waiting) {
      count += 1
      size += bytes.length
      if (size >= writtenAtOnce) break
    }
    const frames = this.#waiting.splice(0, count)
    this.#waitingBytes -= size
    this.#given = frames.findLast(({ position }) => position !== null)?.position ?? this.#given
    const [only] = frames
    return only && count === 1 ? only.bytes : Buffer.concat(frames.map(({ bytes }) => bytes))
  }

  #awaitDrain(): void {
    this.#full = true
    this.#fullSince = this.#clock.now()
    this.#outlet.once('drain', () => {
      this.#full = false
      this.#flush()
    })
  }

  #wakeWaiting(): void {
    this.#room.resolve()
    this.#room = Promise.withResolvers<void>()
  }
}
