/** Why a stream of bytes can be cut into texts no further. `raw` is the piece that gave offence. */
export type FramingFault = { reason: 'INVALID_JSON' | 'TOO_LARGE'; detail: string; raw: Uint8Array }
export type Framed = { texts: readonly string[]; fault?: FramingFault }

const utf8 = new TextDecoder()
const [quote, backslash] = [0x22, 0x5c]
const isBlank = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
const opens = (byte: number) => byte === 0x5b || byte === 0x7b
const closes = (byte: number) => byte === 0x5d || byte === 0x7d

/**
 * Cuts a byte stream into the JSON arrays and objects it carries, however the network split or glued them.
 * It finds the ends only: whether `[}` is JSON is for the parser to say. After a fault nothing more comes out.
 */
export class JsonFraming {
  readonly #maxBytes: number
  #begun: Uint8Array[] = []
  #size = 0
  #depth = 0
  #inString = false
  #escaped = false
  #broken = false

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** What has come of a text whose end has not. */
  get unfinished(): Uint8Array {
    return joined(this.#begun)
  }

  push(chunk: Uint8Array): Framed {
    if (this.#broken) return { texts: [] }
    const texts: string[] = []
    let start = 0
    // Bytes of a multi-byte UTF-8 character are all above 0x7f, so none is taken for a bracket or a quote.
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (this.#depth === 0) {
        if (isBlank(byte)) continue
        if (!opens(byte)) return { texts, fault: this.#fault('INVALID_JSON', chunk.subarray(at)) }
        start = at
      }
      this.#size += 1
      if (this.#size > this.#maxBytes) {
        return { texts, fault: this.#fault('TOO_LARGE', chunk.subarray(start)) }
      }
      if (this.#endsWith(byte)) {
        texts.push(this.#taken(chunk.subarray(start, at + 1)))
      }
    }
    if (this.#depth > 0) this.#begun.push(chunk.slice(start))
    return { texts }
  }

  /** Steps over one byte inside a text; true if the text ends with it. */
  #endsWith(byte: number): boolean {
    if (this.#escaped) this.#escaped = false
    else if (this.#inString && byte === backslash) this.#escaped = true
    else if (byte === quote) this.#inString = !this.#inString
    else if (!this.#inString && opens(byte)) this.#depth += 1
    else if (!this.#inString && closes(byte)) this.#depth -= 1
    return this.#depth === 0
  }

  #taken(last: Uint8Array): string {
    const text = utf8.decode(this.#begun.length === 0 ? last : joined([...this.#begun, last]))
    this.#begun = []
    this.#size = 0
    return text
  }

  #fault(reason: FramingFault['reason'], rest: Uint8Array): FramingFault {
    const raw = joined([...this.#begun, rest])
    this.#broken = true
    this.#begun = []
    const detail =
      reason === 'TOO_LARGE'
        ? `more than ${this.#maxBytes} bytes and no end`
        : 'it begins with neither [ nor {, so it is no message'
    return { reason, detail, raw }
  }
}

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
