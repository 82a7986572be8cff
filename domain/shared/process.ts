import type { DomainEvent, Recorded } from './event.ts'
import type { ProcessCommandRefused, TimerFired } from './process-events.ts'
import type { Instant } from './time.ts'

export type { ProcessCommandRefused, TimerFired } from './process-events.ts'

/** Something a process manager wants done. Data, so that it can stand in the log. */
export type Effect<Command> =
  | { readonly kind: 'dispatch'; readonly command: Command }
  | { readonly kind: 'wakeAt'; readonly timer: string; readonly at: Instant }
  | { readonly kind: 'cancel'; readonly timer: string }

/** What reaches a process manager: the types it listens to, its own timers and its own commands' refusals. */
export type Reaching<In extends DomainEvent> = In | TimerFired | ProcessCommandRefused

/**
 * Decides what to do about what happened; pure. The runner keeps its decisions in `process-<name>-<instance>`, each with
 * the position it answers, so the stream is the checkpoint and two runners can never both decide.
 *
 * Everything reaches it in the order of the log. A timer may have fired in the moment in which it was cancelled or set
 * anew: look at the state, not at the timer alone.
 */
export type ProcessManager<State, In extends DomainEvent, Command> = {
  /** camelCase, no dash. */
  readonly name: string
  readonly initial: State
  /** The types it listens to. Timers and refusals of its own reach it beside them. */
  readonly handles: readonly In['type'][]
  /** Whose affair an event is; null for nobody's. The instance is part of a stream's name. */
  instanceOf(event: Recorded<In>): string | null
  evolve(state: State, event: Recorded<Reaching<In>>): State
  /**
   * What to do now, with the state after `event`. Called again after a restart for what was not answered with any effect,
   * but never for anything up to the last event that was.
   */
  react(state: State, event: Recorded<Reaching<In>>): readonly Effect<Command>[]
}

/** The stream of a process manager's decisions. */
export const processStream = (process: string, instance: string): string => `process-${process}-${instance}`
