const failuresAllowed = 5
const windowMs = 60_000
const firstPauseMs = 100

export type AfterFailure =
  | { readonly givenUp: true; readonly failures: number; readonly windowS: number }
  | { readonly givenUp: false; readonly attempt: number; readonly pauseMs: number }

/** What a supervisor does after a failure: starts again after a pause that doubles, and gives up at the fifth in a minute (W5). */
export const failureWindow = (): ((nowMs: number) => AfterFailure) => {
  const failures: number[] = []
  let attempt = 0
  return (now) => {
    failures.push(now)
    attempt += 1
    while ((failures[0] ?? now) < now - windowMs) failures.shift()
    const { length } = failures
    return length >= failuresAllowed
      ? { givenUp: true, failures: length, windowS: windowMs / 1000 }
      : { givenUp: false, attempt, pauseMs: firstPauseMs * 2 ** (length - 1) }
  }
}
