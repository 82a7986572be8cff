import type { Fault } from './fault.ts'

export class RequestUnknown extends Error {
  constructor(requestId: string) {
    super(`there is no request ${requestId}`)
    this.name = 'RequestUnknown'
  }
}

export class RequestExists extends Error {
  constructor(requestId: string) {
    super(`there is a request ${requestId} already`)
    this.name = 'RequestExists'
  }
}

/** It was withdrawn, which is for good. */
export class RequestWithdrawnAlready extends Error {
  constructor(requestId: string) {
    super(`the request ${requestId} was withdrawn; draft another`)
    this.name = 'RequestWithdrawnAlready'
  }
}

/** What the planner counts already must not be revised to something that cannot be: it stays as it was. */
export class InvalidRevision extends Error {
  readonly faults: readonly Fault[]
  constructor(requestId: string, faults: readonly Fault[]) {
    super(`the request ${requestId} stays as it was: ${faults.map(({ message }) => message).join('; ')}`)
    this.name = 'InvalidRevision'
    this.faults = faults
  }
}
