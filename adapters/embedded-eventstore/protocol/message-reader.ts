import { GrpcError, grpcStatus } from './grpc-error.ts'

const prefix = 5
const largestMessage = 17 * 1024 * 1024

/** Cuts a byte stream into gRPC messages, whatever the chunks. */
export class MessageReader {
  readonly #onMessage: (message: Buffer) => void
  #chunks: Buffer[] = []
  #length = 0
  #needed = prefix

  constructor(onMessage: (message: Buffer) => void) {
    this.#onMessage = onMessage
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    // Chunks are joined only once a whole message is there: joining at every chunk would be quadratic.
    if (this.#length >= this.#needed) this.#cut()
  }

  #cut(): void {
    const bytes =
      this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks)
    let at = 0
    this.#needed = prefix
    while (bytes.length - at >= prefix) {
      const length = checkedLength(bytes, at)
      if (bytes.length - at < prefix + length) {
        this.#needed = prefix + length
        break
      }
      this.#onMessage(bytes.subarray(at + prefix, at + prefix + length))
      at += prefix + length
    }
    const rest = bytes.subarray(at)
    this.#chunks = rest.length > 0 ? [rest] : []
    this.#length = rest.length
  }
}

const checkedLength = (bytes: Buffer, at: number): number => {
  if (bytes[at] !== 0) throw new GrpcError(grpcStatus.unimplemented, 'compressed messages are not supported')
  const length = bytes.readUInt32BE(at + 1)
  if (length > largestMessage) {
    throw new GrpcError(
      grpcStatus.resourceExhausted,
      `Received message exceeds the maximum of ${largestMessage} bytes.`,
    )
  }
  return length
}
