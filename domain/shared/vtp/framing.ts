const headBytes = 4

/** Why the rest of a connection cannot be read: nothing says where the next document begins. */
export type FramingLost = { readonly announcedBytes: number; readonly maxBytes: number }
export type VtpFrames = { readonly payloads: readonly Uint8Array[]; readonly lost?: FramingLost }

/** A document as it goes over the wire: its length in bytes, big-endian, in four bytes, and then itself. */
export const vtpFrame = (payload: Uint8Array): Uint8Array => {
  const frame = new Uint8Array(headBytes + payload.length)
  new DataView(frame.buffer).setUint32(0, payload.length)
  frame.set(payload, headBytes)
  return frame
}

/** Cuts a byte stream into documents, however the network split or glued them. An empty document is given as such. */
export class VtpFraming {
  readonly #maxBytes: number
  readonly #head = new Uint8Array(headBytes)
  #headFilled = 0
  #payload: Uint8Array | null = null
  #payloadFilled = 0
  #lost: FramingLost | null = null

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Whether a document has begun and not ended. */
  get midFrame(): boolean {
    return this.#headFilled > 0
  }

  push(chunk: Uint8Array): VtpFrames {
    const payloads: Uint8Array[] = []
    let rest = chunk
    while (rest.length > 0 && !this.#lost) {
      rest = this.#payload ? this.#fill(this.#payload, rest) : this.#fillHead(rest)
      const whole = this.#taken()
      if (whole) payloads.push(whole)
    }
    return this.#lost ? { payloads, lost: this.#lost } : { payloads }
  }

  #fillHead(bytes: Uint8Array): Uint8Array {
    const part = bytes.subarray(0, headBytes - this.#headFilled)
    this.#head.set(part, this.#headFilled)
    this.#headFilled += part.length
    if (this.#headFilled === headBytes) this.#begin(new DataView(this.#head.buffer).getUint32(0))
    return bytes.subarray(part.length)
  }

  /** The length is judged before anything is allocated for it. */
  #begin(announcedBytes: number): void {
    if (announcedBytes > this.#maxBytes) this.#lost = { announcedBytes, maxBytes: this.#maxBytes }
    else this.#payload = new Uint8Array(announcedBytes)
  }

  #fill(payload: Uint8Array, bytes: Uint8Array): Uint8Array {
    const part = bytes.subarray(0, payload.length - this.#payloadFilled)
    payload.set(part, this.#payloadFilled)
    this.#payloadFilled += part.length
    return bytes.subarray(part.length)
  }

  #taken(): Uint8Array | null {
    const payload = this.#payload
    if (!payload || this.#payloadFilled < payload.length) return null
    this.#payload = null
    this.#payloadFilled = 0
    this.#headFilled = 0
    return payload
  }
}
