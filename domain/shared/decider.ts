import type { DomainEvent } from './event.ts'
import type { Metadata } from './metadata.ts'
import type { Instant } from './time.ts'

/** Metadata that only the decision knows; the handler adds the rest. */
export type DecidedMetadata = Partial<
  Pick<Metadata, 'observedAt' | 'rulesVersion' | 'simulated' | 'causationId'>
>

export type Decided<E extends DomainEvent = DomainEvent> = E & { readonly metadata?: DecidedMetadata }

/**
 * A subject's rules, pure. `evolve` is told when its event occurred; `decide` finds the time in the command.
 * Folding what `decide` gave back must lead to the state a reader of the log would have.
 */
export type Decider<State, Command, Event extends DomainEvent> = {
  readonly initial: State
  evolve(state: State, event: Event, occurredAt: Instant): State
  decide(command: Command, state: State): readonly Decided<Event>[]
}
