import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { DiskFull, LogDamaged, LogStopped } from '../log/errors.ts'
import { MalformedMessage } from './fields.ts'
import { asGrpcMessage, asTrailerText, GrpcError, grpcStatus } from './grpc-error.ts'
import { MessageReader } from './message-reader.ts'

const contentType = 'application/grpc+proto'

/** How a running call ends when the server stops: long ones are cut, short ones get a status. */
export type CallKind = 'unary' | 'streaming'

/** One gRPC call on an HTTP/2 stream. */
export class Call {
  readonly stream: ServerHttp2Stream
  readonly headers: IncomingHttpHeaders
  readonly kind: CallKind
  #finished = false
  #trailers: Record<string, string | number> = {}

  constructor(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, kind: CallKind) {
    this.stream = stream
    this.headers = headers
    this.kind = kind
    // A reset by the client is the ordinary end of a subscription.
    stream.on('error', () => {})
    stream.on('wantTrailers', () => stream.sendTrailers(this.#trailers))
    this.#watchDeadline()
  }

  /** Nobody listens any more, or the status is given. */
  get isOver(): boolean {
    return this.#finished || this.stream.destroyed || this.stream.closed || this.stream.aborted
  }

  onClose(listener: () => void): void {
    this.stream.once('close', listener)
  }

  /** Hands over each request message; what the handler throws ends the call. */
  onMessages(onMessage: (message: Buffer) => void, onEnd: () => void): void {
    const reader = new MessageReader(onMessage)
    this.stream.on('data', (chunk: Buffer) => this.#guarded(() => reader.push(chunk)))
    this.stream.on('end', () => this.#guarded(onEnd))
  }

  /** The only message of a unary or server-streaming request. */
  request(): Promise<Buffer> {
    return new Promise((resolve) => {
      let request: Buffer | undefined
      this.onMessages(
        (message) => {
          request = message
        },
        () => resolve(request ?? Buffer.alloc(0)),
      )
    })
  }

  /** Sends bytes that are gRPC frames already; false when the client is slow. */
  send(frames: Buffer): boolean {
    if (this.isOver) return true
    if (!this.stream.headersSent) this.#respond()
    return this.stream.write(frames)
  }

  /** Sends the headers at once, for a call whose first message may be long in coming. */
  open(): void {
    if (!this.isOver && !this.stream.headersSent) this.#respond()
  }

  succeed(lastFrame?: Buffer): void {
    if (this.isOver) return
    if (!this.stream.headersSent) this.#respond()
    this.#finished = true
    this.#trailers = { 'grpc-status': 0 }
    this.stream.end(lastFrame)
  }

  fail(error: unknown): void {
    if (this.isOver) return
    this.#finished = true
    const { status, message, trailers } = asGrpcError(error)
    this.#trailers = { 'grpc-status': status, 'grpc-message': asGrpcMessage(message) }
    for (const [key, value] of Object.entries(trailers)) this.#trailers[key] = asTrailerText(value)
    if (this.stream.headersSent) this.stream.end()
    else
      this.stream.respond(
        { ':status': 200, 'content-type': contentType, ...this.#trailers },
        { endStream: true },
      )
  }

  /** Ends the call because the server stops. */
  stop(): void {
    if (this.isOver) return
    if (this.kind === 'streaming') this.stream.close(constants.NGHTTP2_CANCEL)
    else this.fail(new GrpcError(grpcStatus.unavailable, 'Server Is Shutting Down'))
  }

  #respond(): void {
    this.stream.respond({ ':status': 200, 'content-type': contentType }, { waitForTrailers: true })
  }

  #guarded(work: () => void): void {
    try {
      if (!this.isOver) work()
    } catch (error) {
      this.fail(error)
    }
  }

  #watchDeadline(): void {
    const ms = timeoutMs(this.headers['grpc-timeout'])
    if (ms === undefined) return
    const timer = setTimeout(
      () => this.fail(new GrpcError(grpcStatus.deadlineExceeded, 'Deadline Exceeded')),
      ms,
    )
    this.stream.once('close', () => clearTimeout(timer))
  }
}

const unitMs: Record<string, number> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 0.001, n: 0.000_001 }
const longestTimer = 2_000_000_000

/** `grpc-timeout` is up to eight digits and a unit; a deadline further away than timers reach is none. */
const timeoutMs = (header: string | string[] | undefined): number | undefined => {
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(`${header ?? ''}`) ?? []
  if (digits === undefined || unit === undefined) return undefined
  const ms = Number(digits) * (unitMs[unit] ?? 1)
  return ms < longestTimer ? ms : undefined
}

const asGrpcError = (error: unknown): GrpcError => {
  if (error instanceof GrpcError) return error
  if (error instanceof DiskFull) return new GrpcError(grpcStatus.resourceExhausted, error.message)
  if (error instanceof LogStopped) return new GrpcError(grpcStatus.unavailable, error.message)
  if (error instanceof LogDamaged) return new GrpcError(grpcStatus.dataLoss, error.message)
  if (error instanceof MalformedMessage) return new GrpcError(grpcStatus.internal, error.message)
  return new GrpcError(grpcStatus.unknown, error instanceof Error ? error.message : String(error))
}
