export type RequestCode =
  | 'UNKNOWN_AGENT'
  | 'SENDER_NOT_CONNECTED'
  | 'NO_SUCH_REQUEST'
  | 'TIMEOUT'
  | 'REQUEST_REFUSED'
  | 'REQUEST_FAILED'

/** A request to a sender that got no answer, and why. */
export class RequestRefused extends Error {
  readonly code: RequestCode
  constructor(code: RequestCode, why: string) {
    super(why)
    this.name = 'RequestRefused'
    this.code = code
  }
}
