import type { Revision } from '#commands/event-store.ts'
import type { DomainEvent, Position, Recorded } from '#domain/shared/event.ts'
import { isBefore } from '#domain/shared/position.ts'
import type { Effect, ProcessManager, Reaching } from '#domain/shared/process.ts'
import {
  isProcessEvent,
  type ProcessEvent,
  type ProcessReacted,
  processEvents,
} from '#domain/shared/process-events.ts'
import type { Instant } from '#domain/shared/time.ts'

/** What ought to be decided about an event, in the state right after it. */
export type Pending<In extends DomainEvent, Command> = {
  readonly instance: string
  readonly event: Recorded<Reaching<In>>
  readonly effects: readonly Effect<Command>[]
}

/** A decision in the log. */
export type Reaction = {
  readonly id: string
  readonly data: ProcessReacted['data']
  readonly correlationId: string
}

export type Timer = {
  readonly instance: string
  readonly timer: string
  readonly dueAt: Instant
  /** The reaction that set it, and with which of its effects. */
  readonly setBy: { readonly id: string; readonly index: number; readonly correlationId: string }
}

type Instance<State> = {
  state: State
  revision: Revision
  answered: Position | null
  timers: Map<string, Timer>
  refused: Set<string>
}

const positionIn = ({ answers }: ProcessReacted['data']): Position => ({
  commit: BigInt(answers.commit),
  prepare: BigInt(answers.prepare),
})

/**
 * All instances of a process manager as a fold of the log, in its order: their states, what they have decided, and what
 * remains to be decided. Taking an event twice changes nothing.
 */
export class Instances<State, In extends DomainEvent, Command> {
  readonly #manager: ProcessManager<State, In, Command>
  readonly #all = new Map<string, Instance<State>>()
  readonly #handles: ReadonlySet<string>
  #pending: Pending<In, Command>[] = []
  #taken: Position | null = null

  constructor(manager: ProcessManager<State, In, Command>) {
    this.#manager = manager
    this.#handles = new Set(manager.handles)
  }

  /** The event types it has to be given. */
  get types(): string[] {
    return [...this.#manager.handles, ...processEvents.map(({ type }) => type)]
  }

  get size(): number {
    return this.#all.size
  }

  /** In log order; the first has to be decided first. */
  get pending(): readonly Pending<In, Command>[] {
    return this.#pending
  }

  revision(instance: string): Revision {
    return this.#instance(instance).revision
  }

  state(instance: string): State {
    return this.#instance(instance).state
  }

  wasRefused(instance: string, commandId: string): boolean {
    return this.#instance(instance).refused.has(commandId)
  }

  /** The timer that is due first. */
  nextTimer(): Timer | null {
    let first: Timer | null = null
    for (const { timers } of this.#all.values())
      for (const timer of timers.values()) if (!first || timer.dueAt < first.dueAt) first = timer
    return first
  }

  /** Takes an event of the log; says if it is a decision that this object did not know. */
  take(event: Recorded): Reaction | null {
    if (!isBefore(this.#taken, event.position)) return null
    this.#taken = event.position
    if (isProcessEvent(event)) return this.#takeOwn(event)
    if (!this.#isHandled(event)) return null
    const instance = this.#manager.instanceOf(event)
    if (instance !== null) this.#reach(instance, event)
    return null
  }

  /** A decision that stands in the log from now on. */
  decided(reaction: Reaction, revision: bigint): void {
    const { instance, effects } = reaction.data
    const own = this.#instance(instance)
    const answered = positionIn(reaction.data)
    own.revision = revision
    own.answered = answered
    own.refused.clear()
    for (const [index, effect] of effects.entries()) {
      if (effect.kind === 'dispatch') continue
      own.timers.delete(effect.timer)
      if (effect.kind === 'cancel') continue
      const setBy = { id: reaction.id, index, correlationId: reaction.correlationId }
      own.timers.set(effect.timer, { instance, timer: effect.timer, dueAt: effect.at, setBy })
    }
    this.#pending = this.#pending.filter(
      (one) => one.instance !== instance || isBefore(answered, one.event.position),
    )
  }

  /** A timer's event stands in the log; it reaches the process manager when its turn in the log has come. */
  fired({ instance, timer }: Timer, revision: bigint): void {
    const own = this.#instance(instance)
    own.timers.delete(timer)
    own.revision = revision
  }

  /** A refusal stands in the log. */
  noteRefused(instance: string, commandId: string, revision: bigint): void {
    const own = this.#instance(instance)
    own.refused.add(commandId)
    own.revision = revision
  }

  #isHandled(event: Recorded): event is Recorded<In> {
    return this.#handles.has(event.type)
  }

  #takeOwn(event: Recorded<ProcessEvent>): Reaction | null {
    if (event.data.process !== this.#manager.name) return null
    const own = this.#instance(event.data.instance)
    const revision = own.revision === 'none' || own.revision < event.revision ? event.revision : own.revision
    own.revision = revision
    switch (event.type) {
      case 'ProcessReacted': {
        if (!isBefore(own.answered, positionIn(event.data))) return null
        const reaction = { id: event.id, data: event.data, correlationId: event.metadata.correlationId }
        this.decided(reaction, revision)
        return reaction
      }
      case 'TimerFired':
        if (own.timers.get(event.data.timer)?.dueAt === event.data.dueAt) own.timers.delete(event.data.timer)
        break
      case 'ProcessCommandRefused':
        own.refused.add(event.data.commandId)
        break
    }
    this.#reach(event.data.instance, event)
    return null
  }

  #reach(instance: string, event: Recorded<Reaching<In>>): void {
    const own = this.#instance(instance)
    own.state = this.#manager.evolve(own.state, event)
    if (!isBefore(own.answered, event.position)) return
    const effects = this.#manager.react(own.state, event)
    if (effects.length > 0) this.#pending.push({ instance, event, effects })
  }

  #instance(name: string): Instance<State> {
    const known = this.#all.get(name)
    if (known) return known
    const { initial } = this.#manager
    const made = {
      state: initial,
      revision: 'none' as const,
      answered: null,
      timers: new Map(),
      refused: new Set<string>(),
    }
    this.#all.set(name, made)
    return made
  }
}
