import type { EventFeed } from '#commands/event-feed.ts'
import { type EventStore, RevisionConflict } from '#commands/event-store.ts'
import { type Memory, nextWork, noMemory, type Work } from '#domain/planning/desk/next-work.ts'
import type { PlannerSettings } from '#domain/planning/desk/plan-input.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position } from '#domain/shared/event.ts'
import { epochMsOf, type Instant, instantOf } from '#domain/shared/time.ts'
import { DeskReader } from './desk-reader.ts'
import type { Planner } from './planner.ts'
import { Planning } from './planning.ts'

export type PlannerOutcome =
  | { readonly kind: 'published'; readonly night: string; readonly version: number; readonly placed: number }
  /** Another planner was first: its plan is taken for ours. */
  | { readonly kind: 'stepped-back'; readonly night: string }
  | { readonly kind: 'unchanged'; readonly night: string }
  /** Everything up to there is answered. */
  | { readonly kind: 'idle'; readonly position: Position }
  | { readonly kind: 'failed'; readonly error: string }

export type PlannerParts = {
  readonly feed: EventFeed
  readonly store: EventStore
  readonly planner: Planner
  readonly clock: Clock
  readonly settings: PlannerSettings
  readonly onOutcome: (outcome: PlannerOutcome) => void
}

const retryMs = 1000

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`)

const waitFor = async (
  changed: Promise<void>,
  until: Instant | null,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> => {
  if (until === null) return changed
  const waking = new AbortController()
  const sleep = clock.sleepUntil(epochMsOf(until), AbortSignal.any([signal, waking.signal])).catch(() => {})
  await Promise.race([changed, sleep])
  waking.abort()
}

/**
 * Plans the nights of a site, alone: follows the log, answers all that is asked for with one plan, puts it on record and
 * then the reasons. It may be killed at any moment and run twice: the log is what it knows, and the expected revision
 * is the judge. Ends when the signal does.
 */
export const runPlanner = async (parts: PlannerParts, signal: AbortSignal): Promise<void> => {
  const { clock, settings, onOutcome } = parts
  const fail = (error: unknown) => onOutcome({ kind: 'failed', error: messageOf(error) })
  const reader = new DeskReader({ ...parts, site: settings.site.id, onError: fail })
  const planning = new Planning(parts, reader, signal)
  let memory: Memory = noMemory

  const step = async (work: Exclude<Work, { kind: 'wait' }>, at: Instant): Promise<void> => {
    try {
      memory = await planning.perform(work, memory, at)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof RevisionConflict)) throw error
      onOutcome({ kind: 'stepped-back', night: 'night' in work ? work.night : work.standing.night })
      const { desk } = reader
      await reader.until((now) => now !== desk, signal)
    }
  }

  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      const changed = reader.changed()
      const at = instantOf(clock.now())
      const next: Work = reader.caughtUp
        ? nextWork(reader.desk, memory, at, settings.site)
        : { kind: 'wait', until: null }
      try {
        if (next.kind === 'wait') {
          if (reader.caughtUp) onOutcome({ kind: 'idle', position: reader.position })
          await waitFor(changed, next.until, clock, signal)
        } else await step(next, at)
      } catch (error) {
        if (signal.aborted) return
        fail(error)
        await waitFor(reader.changed(), instantOf(clock.now() + retryMs), clock, signal)
      }
    }
  }
  await Promise.all([reader.follow(signal), work()])
}
