import { type RecoveryStep, recoverySteps, stepEveryS } from './closing.ts'

/** A line that is away for less may come back by itself. */
export const lostAfterS = 60
/** One command may fail for a reason of its own. */
const failuresBefore = 1

/** It did what it had to, being where it was. */
const blameless: ReadonlySet<string> = new Set(['parked', 'emergency_button', 'closed_again'])

/** Whether a command that failed so is a sign of a device that is not well. */
export const isAiling = (code: string): boolean => !blameless.has(code)

export type Ailing = {
  /** Since the line was lost; null while it is there. */
  readonly lostForS: number | null
  /** Commands that failed one after the other, up to now. */
  readonly failedInARow: number
  /** How many steps of the ladder have been taken since it was last well. */
  readonly stepsTaken: number
}

/**
 * The next step of the ladder for a device that is lost for a minute or fails twice in a row: one more as time goes on, one
 * more with each further failure. Null where none is due.
 */
export const recoveryStep = ({ lostForS, failedInARow, stepsTaken }: Ailing): RecoveryStep | null => {
  const byTime =
    lostForS === null || lostForS < lostAfterS ? 0 : 1 + Math.floor((lostForS - lostAfterS) / stepEveryS)
  const byFailures = Math.max(0, failedInARow - failuresBefore)
  return Math.max(byTime, byFailures) > stepsTaken ? (recoverySteps[stepsTaken] ?? null) : null
}

/** Whether it is well again, so that the next trouble begins at the foot of the ladder. */
export const isWell = ({ lostForS, failedInARow }: Ailing): boolean => lostForS === null && failedInARow === 0
