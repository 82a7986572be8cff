import type { QuotaLevel } from '../input.ts'

type Figures = {
  /** It never gets dark. */
  readonly NIGHT_EMPTY: Record<string, never>
  /** What was asked for is shorter than what is needed. */
  readonly WINDOW_TOO_SHORT: { readonly longestS: number; readonly neededS: number }
  readonly WINDOW_PASSED: { readonly lastStartAt: string; readonly now: string }
  readonly OUTSIDE_NIGHT: {
    readonly overlapS: number
    readonly neededS: number
    readonly nightFrom: string
    readonly nightUntil: string
  }
  readonly DOME_CLOSED: {
    readonly closedS: number
    readonly longestS: number
    readonly neededS: number
    readonly why: string
  }
  readonly SUN_TOO_HIGH: { readonly limitDeg: number; readonly darkS: number; readonly neededS: number }
  readonly BELOW_LIMIT: {
    readonly highestDeg: number
    readonly highestAt: string
    readonly limitDeg: number
    readonly shortByDeg: number
    readonly maxAirmass: number | null
    /** The highest it ever gets from this site, in any season. */
    readonly everDeg: number
  }
  readonly ABOVE_TOO_SHORTLY: {
    readonly longestS: number
    readonly neededS: number
    readonly limitDeg: number
    readonly highestDeg: number
  }
  readonly BEHIND_HORIZON: {
    readonly longestS: number
    readonly neededS: number
    readonly highestDeg: number
  }
  readonly HOUR_ANGLE: { readonly limitH: number; readonly longestS: number; readonly neededS: number }
  /** It was observed as often as was asked for. */
  readonly CADENCE_DONE: { readonly times: number; readonly done: number }
  /** The next exposure is not due in its windows of this night. */
  readonly CADENCE_NOT_DUE: {
    readonly lastStartedAt: string
    readonly dueFrom: string
    /** Null when it is overdue. */
    readonly dueUntil: string | null
  }
  readonly TOO_NEAR_ZENITH: { readonly limitDeg: number; readonly longestS: number; readonly neededS: number }
  readonly MOON_TOO_NEAR: {
    readonly separationDeg: number
    readonly limitDeg: number
    readonly illumination: number
    readonly longestS: number
    readonly neededS: number
  }
  readonly MOON_TOO_BRIGHT: {
    readonly illumination: number
    readonly limit: number
    readonly longestS: number
    readonly neededS: number
  }
  readonly QUOTA_USER: QuotaFigures
  readonly QUOTA_COUNTRY: QuotaFigures
  readonly QUOTA_PROGRAMME: QuotaFigures
  readonly NO_FREE_INTERVAL: ForcedFigures
  readonly DISPLACED: ForcedFigures & { readonly wasAt: string }
  /** A place was found while explaining: the search had stopped before. */
  readonly SEARCH_LIMIT: { readonly scoreGain: number; readonly startAt: string }
}

type QuotaFigures = {
  readonly level: QuotaLevel
  readonly of: string
  readonly leftS: number
  /** Of what is left, charged by this plan. */
  readonly plannedS: number
  readonly neededS: number
  /** Whether it would be planned had it any quota it liked. */
  readonly otherwisePlanned: boolean
}

type ForcedFigures = {
  readonly neededS: number
  /** The longest stretch of its time that the plan leaves free. */
  readonly longestFreeS: number
  /** Where it would do the least harm, what would have to go there, and what the plan would be worth less by. */
  readonly startAt: string | null
  readonly displaces: readonly string[]
  /** What must not move and has of its time: alerts, what runs, and plans of higher tiers. */
  readonly outrankedBy: readonly string[]
  readonly scoreDifference: number | null
}

export type ReasonCode = keyof Figures

/** Why a candidate is not in the plan: a code for programs, figures, and a sentence for people. */
export type Reason = {
  [Code in ReasonCode]: { readonly code: Code; readonly figures: Figures[Code]; readonly text: string }
}[ReasonCode]

export type FiguresOf<Code extends ReasonCode> = Figures[Code]
