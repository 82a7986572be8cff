export const grpcStatus = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
} as const

export type Trailers = Readonly<Record<string, string>>

/** Ends a call with this status; the trailers are what the client's error classes read. */
export class GrpcError extends Error {
  override name = 'GrpcError'
  readonly status: number
  readonly trailers: Trailers

  constructor(status: number, message: string, trailers: Trailers = {}) {
    super(message)
    this.status = status
    this.trailers = trailers
  }
}

export const invalidArgument = (message: string): GrpcError =>
  new GrpcError(grpcStatus.invalidArgument, message)

export const streamDeleted = (stream: Uint8Array): GrpcError => {
  const name = Buffer.from(stream).toString()
  return new GrpcError(grpcStatus.failedPrecondition, `Event stream '${name}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': name,
  })
}

export const wrongExpectedVersion = (stream: Uint8Array, expected: number, actual: number): GrpcError => {
  const name = Buffer.from(stream).toString()
  return new GrpcError(
    grpcStatus.failedPrecondition,
    `Append failed due to WrongExpectedVersion. Stream: ${name}, Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': name,
      'expected-version': `${expected}`,
      // Empty is how the client learns that there is no stream.
      'actual-version': actual < 0 ? '' : `${actual}`,
    },
  )
}

/** Trailers carry ASCII; the client drops a header with anything else, and then falls over its absence. */
export const asTrailerText = (text: string): string =>
  text.replace(/[^\x20-\x7e]+/gu, (characters) => encodeURIComponent(characters.toWellFormed()))

export const asGrpcMessage = (text: string): string => encodeURI(text.toWellFormed())
