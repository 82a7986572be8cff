import { type Ledger, quotaLedger } from '#domain/requests/quotas/ledger.ts'
import type { Sequence } from '#domain/requests/sequence.ts'
import type { Position } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { AskReason, PlacedEntry, SchedulePublished } from '../events.ts'
import { openRoof, type Roof } from './roof.ts'

/** An event that wants a new plan. */
export type Ask = {
  readonly why: AskReason
  readonly eventId: string
  readonly correlationId: string
  readonly at: Instant
  readonly position: Position
  /** Keep what is planned unless another plan is better by rule. */
  readonly keep: boolean
  readonly simulated: boolean
  /** Whose alert, where it is one. */
  readonly requestId: string | null
}

/** A sequence that is still to be observed. */
export type Open = {
  readonly sequence: Sequence
  readonly requestId: string
  readonly userId: string
  readonly country: string | null
  readonly programmeId: string
  readonly alert: boolean
  /** Of an alert; the lower, the better. */
  readonly alertLevel: number
  /** Counts submissions over the whole log. */
  readonly submitted: number
  /** Of the observations that count. */
  readonly startedAts: readonly Instant[]
  /** What is left of one observation, 0 to 1: an aborted one goes on where it ended. */
  readonly share: number
}

/** The observation that the telescope is at. */
export type Running = {
  readonly sequenceId: string
  readonly requestId: string
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** The newest plan on record. */
export type Standing = Omit<SchedulePublished['data'], 'basedOn' | 'changes' | 'placed'> & {
  readonly eventId: string
  readonly placed: readonly PlacedEntry[]
  readonly night: string
  readonly publishedAt: Instant
  /** The number of the newest event in its stream. */
  readonly revision: bigint
  /** What was placed in the version before: the input of this one. */
  readonly before: readonly PlacedEntry[]
  readonly pagesExplained: number
  readonly explained: boolean
}

/** What the planner knows, from the log alone. */
export type Desk = {
  readonly open: ReadonlyMap<string, Open>
  /** Observed well enough: asked for again by a revision, they are not observed again. */
  readonly done: ReadonlySet<string>
  readonly submitted: number
  readonly running: Running | null
  readonly ledger: Ledger
  readonly roof: Roof
  readonly standing: Standing | null
  /** Oldest first. */
  readonly asks: readonly Ask[]
  /** When a plan was last published because of the roof. */
  readonly roofPlannedAt: Instant | null
}

export const emptyDesk: Desk = {
  open: new Map(),
  done: new Set(),
  submitted: 0,
  running: null,
  ledger: quotaLedger.initial,
  roof: openRoof,
  standing: null,
  asks: [],
  roofPlannedAt: null,
}

/** A desk under way through one batch of events: its own copies, never seen outside the fold. */
export type Draft = {
  -readonly [Key in keyof Desk]: Desk[Key]
} & {
  open: Map<string, Open>
  done: Set<string>
}
