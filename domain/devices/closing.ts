/** Sent again when the limit switch does not say closed by then. */
export const againAfterS = 65
/** From here on somebody has to know. */
export const alarmAfterS = 300

export const recoverySteps = ['reconnect', 'reset', 'power-cycle', 'give-up'] as const
export type RecoveryStep = (typeof recoverySteps)[number]

/** From one step of the ladder to the next. */
export const stepEveryS = 65

export type Closing = {
  /** Since closing was first sent. */
  readonly sinceS: number
  readonly sinceSentS: number
  /** How many steps of the ladder have been taken. */
  readonly stepsTaken: number
}

export type ClosingMove = { readonly send: boolean; readonly step: RecoveryStep | null }

/**
 * What to do about a roof that was told to close and whose limit switch does not say closed: tell it again, for ever, and
 * from 300 s on climb the ladder beside. Nothing ends it but the switch.
 */
export const closingMove = ({ sinceS, sinceSentS, stepsTaken }: Closing): ClosingMove => {
  const dueSteps = sinceS < alarmAfterS ? 0 : 1 + Math.floor((sinceS - alarmAfterS) / stepEveryS)
  const step = dueSteps > stepsTaken ? (recoverySteps[stepsTaken] ?? null) : null
  // After every step it is told again: a dome that was switched off and on has forgotten.
  return { send: step !== null || sinceSentS >= againAfterS, step }
}
