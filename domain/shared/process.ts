import type { DomainEvent, Recorded } from './event.ts'
import type { Instant } from './time.ts'

/** Something a process manager wants done. Data, so that it can stand in the log. */
export type Effect<Command> =
  | { readonly kind: 'dispatch'; readonly command: Command }
  | { readonly kind: 'wakeAt'; readonly timer: string; readonly at: Instant }
  | { readonly kind: 'cancel'; readonly timer: string }

/** Time as an event: a timer's instant has come. */
export type TimerFired = {
  readonly type: 'TimerFired'
  readonly data: {
    readonly process: string
    readonly instance: string
    readonly timer: string
    readonly dueAt: Instant
  }
}

/** A command that was dispatched came back with a refusal. */
export type ProcessCommandRefused = {
  readonly type: 'ProcessCommandRefused'
  readonly data: {
    readonly process: string
    readonly instance: string
    readonly commandId: string
    readonly command: string
    readonly code: string
    readonly why: string
  }
}

/**
 * Decides what to do about what happened; pure. The runner keeps its decisions in `process-<name>-<instance>`, each with
 * the position it answers, so the stream is the checkpoint and two runners can never both decide.
 */
export type ProcessManager<State, In extends DomainEvent, Command> = {
  /** camelCase, no dash. */
  readonly name: string
  readonly initial: State
  /** The types it listens to. Timers and refusals of its own reach it beside them. */
  readonly handles: readonly In['type'][]
  /** Whose affair an event is; null for nobody's. The instance is part of a stream's name. */
  instanceOf(event: Recorded<In>): string | null
  evolve(state: State, event: Recorded<In | TimerFired | ProcessCommandRefused>): State
  /** What to do now, with the state after `event`. Never called for what was answered before. */
  react(state: State, event: Recorded<In | TimerFired | ProcessCommandRefused>): readonly Effect<Command>[]
}
