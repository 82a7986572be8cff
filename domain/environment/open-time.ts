import { epochMsOf, type Instant } from '#domain/shared/time.ts'
import type { SafetyState } from './events.ts'

/** Between polls a verdict holds; after so long without one, nobody was judging. */
const verdictHoldsMs = 60_000

export const mayBeOpen = (state: SafetyState): boolean => state === 'safe' || state === 'warn'

/** Minutes by what the recorded rules and the others said at the time. */
export type OpenMinutes = {
  readonly judged: number
  readonly recorded: number
  readonly whatIf: number
  /** The other rules would have been open for so much longer; negative is shorter. */
  readonly gained: number
  /** Open under the other rules while the recorded ones said unsafe or unknown. */
  readonly unsafeGained: number
  /** Closed under the other rules while the recorded ones had it open. */
  readonly lost: number
}

const minutes = (ms: number): number => Math.round((ms / 60_000) * 1000) / 1000

/** Adds up how long each of two verdicts held. */
export class OpenTime {
  readonly #ms = { judged: 0, recorded: 0, whatIf: 0, unsafeGained: 0, lost: 0 }

  /** `judging`: somebody was, however long it took; while the PLC is silent most polls leave nothing in the log. */
  add(
    from: Instant,
    to: Instant,
    states: { recorded: SafetyState; whatIf: SafetyState },
    judging: boolean,
  ): void {
    const ms = epochMsOf(to) - epochMsOf(from)
    const held = judging ? ms : Math.min(ms, verdictHoldsMs)
    const [recorded, whatIf] = [mayBeOpen(states.recorded), mayBeOpen(states.whatIf)]
    this.#ms.judged += held
    if (recorded) this.#ms.recorded += held
    if (whatIf) this.#ms.whatIf += held
    if (whatIf && !recorded) this.#ms.unsafeGained += held
    if (recorded && !whatIf) this.#ms.lost += held
  }

  result(): OpenMinutes {
    const { judged, recorded, whatIf, unsafeGained, lost } = this.#ms
    return {
      judged: minutes(judged),
      recorded: minutes(recorded),
      whatIf: minutes(whatIf),
      gained: minutes(whatIf - recorded),
      unsafeGained: minutes(unsafeGained),
      lost: minutes(lost),
    }
  }
}
