import type { RecordView } from '../log/record-view.ts'
import type { Call } from './call.ts'

const smallestChunk = 4_096
const largestChunk = 65_536
const highWater = 262_144

/** Gathers frames into large writes, and says when the client should be waited for. */
export class FrameSink {
  readonly #call: Call
  #chunk = Buffer.alloc(0)
  #size = smallestChunk
  #used = 0
  /** Something was sent since there was last seen to be room. */
  #grown = false

  constructor(call: Call) {
    this.#call = call
  }

  /** More is under way than a client that keeps up would leave. */
  get isFull(): boolean {
    if (!this.#grown) return false
    this.#grown = this.#call.stream.writableLength >= highWater
    return this.#grown
  }

  record(view: RecordView): void {
    const start = view.frameStart
    const end = view.frameEnd
    this.#reserve(end - start)
    view.bytes.copy(this.#chunk, this.#used, start, end)
    this.#used += end - start
  }

  frame(bytes: Buffer): void {
    this.#reserve(bytes.length)
    this.#chunk.set(bytes, this.#used)
    this.#used += bytes.length
  }

  flush(): void {
    if (this.#used === 0) return
    this.#call.send(this.#chunk.subarray(0, this.#used))
    this.#grown = true
    // The rest of the chunk can still be used: the part under way is never written again.
    this.#chunk = this.#chunk.subarray(this.#used)
    this.#used = 0
  }

  /** Waits for a slow client, and in any case lets others have their turn. */
  async breathe(): Promise<void> {
    this.flush()
    if (!this.isFull) return new Promise((resolve) => setImmediate(resolve))
    const { stream } = this.#call
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stream.off('drain', done)
        stream.off('close', done)
        resolve()
      }
      stream.once('drain', done)
      stream.once('close', done)
    })
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#chunk.length) return
    this.flush()
    if (length <= this.#chunk.length) return
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(this.#size, length))
    this.#size = Math.min(largestChunk, this.#size * 2)
  }
}
