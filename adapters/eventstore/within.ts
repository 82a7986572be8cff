/** Longer than the ten seconds after which the client itself gives up on an append. */
export const patienceMs = 12_000

/** The time was up. */
export class NoAnswerInTime extends Error {
  constructor(what: string, ms: number) {
    super(`${what}: no answer within ${ms / 1000} s`)
    this.name = 'NoAnswerInTime'
  }
}

/**
 * `work`, or {@link NoAnswerInTime}. The client puts no deadline on reads, and when one call finds the server gone it closes
 * the channel under the others: a call still waiting for a connection then never settles.
 */
export const within = async <T>(ms: number, what: string, work: Promise<T>): Promise<T> => {
  const timeUp = Promise.withResolvers<never>()
  // No abortable pause: an AbortError per read was a tenth of the time of taking a notice in.
  const timer = setTimeout(() => timeUp.reject(new NoAnswerInTime(what, ms)), ms)
  try {
    return await Promise.race([work, timeUp.promise])
  } finally {
    clearTimeout(timer)
  }
}
