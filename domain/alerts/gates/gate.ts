import type { Instant } from '#domain/shared/time.ts'
import type { Effective } from '../effective.ts'
import type { NoticeKind } from '../notice.ts'
import type { MadeCount } from '../requests-made.ts'
import type { Strategy } from '../strategy.ts'
import type { GateVerdict } from '../verdict.ts'

/** What the gates look at: the trigger as it stands, and the moment of the reaction. */
export type Judged = {
  readonly effective: Effective
  /** Of the notice that led here. */
  readonly kind: NoticeKind
  readonly at: Instant
  /** The notice was sent as a drill: only simulated devices may act on it. */
  readonly simulated: boolean
  /** Devices here that are no simulators. */
  readonly realDevices: readonly string[]
  readonly visibleS: number | null
  /** Of this strategy, this trigger's own not counted. */
  readonly madeThisNight: MadeCount
}

/** Null when the strategy does not ask for it, or there is nothing to hold against a limit. */
export type Gate = (strategy: Strategy, judged: Judged) => GateVerdict | null

/** A figure as people read it. */
export const short = (value: number): number => Number(value.toPrecision(4))

export const verdict = (
  gate: GateVerdict['gate'],
  passed: boolean,
  rest: Pick<GateVerdict, 'figure' | 'limit' | 'unit' | 'text'> & { readonly mayPassLater?: boolean },
): GateVerdict => ({ mayPassLater: false, ...rest, gate, passed })
