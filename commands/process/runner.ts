import { CommandRefused } from '#commands/command-refused.ts'
import type { FeedBatch } from '#commands/event-feed.ts'
import { RevisionConflict, StoreUnavailable } from '#commands/event-store.ts'
import type { Envelope } from '#commands/handle.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import { nightOf } from '#domain/shared/night.ts'
import { processStream } from '#domain/shared/process.ts'
import type { ProcessEvent } from '#domain/shared/process-events.ts'
import { epochMsOf, type Instant, instantOf } from '#domain/shared/time.ts'
import { appendSteadily } from './append.ts'
import { commandIdOf, firedIdOf, reactionIdOf, refusalIdOf } from './ids.ts'
import { Instances, type Pending, type Reaction, type Timer } from './instances.ts'
import { type ProcessParts, type ProcessStatus, takeoverMs } from './parts.ts'
import { retryMs, steadyFeed } from './steady-feed.ts'
import { firstOf } from './wait.ts'

/** What of an effect's or event's origin goes into metadata. */
type Origin = { readonly at: Instant; readonly correlationId: string; readonly causationId: string }

/**
 * Runs a process manager until `signal` ends. Every decision stands in its stream before anything of it is done, and all
 * of it is done before the next decision is appended: whatever is killed, each command has its effect once.
 * Rejects when an event cannot be read, or with what `dispatch` rejects with, other than what is worth trying again.
 */
export const runProcess = async <State, In extends DomainEvent, Command extends { readonly type: string }>(
  parts: ProcessParts<State, In, Command>,
  signal: AbortSignal,
): Promise<void> => {
  try {
    await new ProcessRunner(parts, signal).run()
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

class ProcessRunner<State, In extends DomainEvent, Command extends { readonly type: string }> {
  readonly #parts: ProcessParts<State, In, Command>
  readonly #signal: AbortSignal
  readonly #instances: Instances<State, In, Command>
  /** Decisions of others, or of a life before, whose effects may not have been performed. The newest of each instance. */
  readonly #unperformed = new Map<string, Reaction>()
  /** Until when another is left to decide and to perform. */
  #besideUntil = 0
  #live = false
  #trouble: unknown = null
  #handled = 0
  #decided = 0

  constructor(parts: ProcessParts<State, In, Command>, signal: AbortSignal) {
    this.#parts = parts
    this.#signal = signal
    this.#instances = new Instances(parts.manager)
  }

  async run(): Promise<void> {
    const { feed, clock, since = null } = this.#parts
    const { types } = this.#instances
    const ended = new AbortController()
    const signal = AbortSignal.any([this.#signal, ended.signal])
    const batches = steadyFeed({ feed, clock, types, after: since, onTrouble: this.#onTrouble }, signal)
    try {
      for (let next = batches.next(); ; ) {
        const came = await firstOf(next, this.#wakeAt(), clock, signal)
        if (came !== 'time') {
          if (came.done) return
          this.#take(came.value)
        }
        if (this.#live) await this.#act()
        this.#tell()
        // Asked for only now: whoever feeds us knows that we are through with what we had.
        if (came !== 'time') next = batches.next()
      }
    } finally {
      ended.abort()
    }
  }

  #take({ events, caughtUp }: FeedBatch): void {
    for (const event of events) {
      const reaction = this.#instances.take(event)
      if (!reaction) continue
      if (this.#live) this.#besideUntil = this.#now() + takeoverMs
      // One runner decides at a time and performs each decision before the next: in the past only the last can be open.
      else this.#unperformed.clear()
      this.#unperformed.set(reaction.data.instance, reaction)
    }
    this.#handled += events.length
    this.#live ||= caughtUp
  }

  /** Decides and does what there is to be done by now, unless another is at it. */
  async #act(): Promise<void> {
    if (this.#now() < this.#besideUntil) return
    try {
      for (const reaction of [...this.#unperformed.values()]) await this.#perform(reaction)
      for (let first = this.#instances.pending[0]; first; first = this.#instances.pending[0])
        await this.#decide(first)
      for (let due = this.#instances.nextTimer(); due && this.#isDue(due); due = this.#instances.nextTimer())
        await this.#fire(due)
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error
      this.#besideUntil = this.#now() + takeoverMs
    }
  }

  async #decide({ instance, event, effects }: Pending<In, Command>): Promise<void> {
    const { name } = this.#parts.manager
    const { commit, prepare } = event.position
    const reacted: ProcessEvent = {
      type: 'ProcessReacted',
      data: {
        process: name,
        instance,
        answers: { eventId: event.id, commit: `${commit}`, prepare: `${prepare}` },
        effects: [...effects],
      },
    }
    const id = reactionIdOf(name, instance, event.id, effects)
    const { correlationId, occurredAt } = event.metadata
    const at = this.#notBefore(occurredAt)
    const revision = await this.#append(id, reacted, { at, correlationId, causationId: event.id })
    const reaction = { id, data: reacted.data, correlationId }
    this.#instances.decided(reaction, revision)
    this.#decided += 1
    await this.#perform(reaction)
  }

  async #perform(reaction: Reaction): Promise<void> {
    const { instance, effects } = reaction.data
    for (const [index, effect] of effects.entries()) {
      if (effect.kind !== 'dispatch') continue
      const commandId = commandIdOf(reaction.id, index)
      if (this.#instances.wasRefused(instance, commandId)) continue
      const refused = await this.#dispatch(effect.command, commandId, reaction)
      if (refused) await this.#recordRefusal(refused, effect.command.type, commandId, reaction)
    }
    this.#unperformed.delete(instance)
  }

  async #dispatch(
    command: { readonly type: string },
    commandId: string,
    { id, correlationId, data: { instance } }: Reaction,
  ): Promise<CommandRefused | null> {
    for (;;) {
      try {
        const origin = { at: this.#at(), correlationId, causationId: id }
        const envelope: Envelope = {
          commandId,
          ...origin,
          ...this.#circumstances(instance, origin.at),
          simulated: this.#parts.simulated,
        }
        // As `react` made it; it may have gone through the log, which keeps JSON as it is.
        await this.#parts.dispatch(command as Command, envelope)
        return null
      } catch (error) {
        if (error instanceof CommandRefused) return error
        if (!(error instanceof StoreUnavailable || error instanceof RevisionConflict)) throw error
        this.#onTrouble(error)
        await this.#parts.clock.sleepUntil(this.#now() + retryMs, this.#signal)
      }
    }
  }

  async #recordRefusal(
    { code, message: why }: CommandRefused,
    command: string,
    commandId: string,
    { id, data: { process, instance }, correlationId }: Reaction,
  ): Promise<void> {
    const refused: ProcessEvent = {
      type: 'ProcessCommandRefused',
      data: { process, instance, commandId, command, code, why },
    }
    const origin = { at: this.#at(), correlationId, causationId: id }
    const revision = await this.#append(refusalIdOf(commandId), refused, origin)
    this.#instances.noteRefused(instance, commandId, revision)
  }

  async #fire(timer: Timer): Promise<void> {
    const { instance, dueAt, setBy } = timer
    const fired: ProcessEvent = {
      type: 'TimerFired',
      data: { process: this.#parts.manager.name, instance, timer: timer.timer, dueAt },
    }
    const origin = { at: this.#notBefore(dueAt), correlationId: setBy.correlationId, causationId: setBy.id }
    this.#instances.fired(timer, await this.#append(firedIdOf(timer), fired, origin))
  }

  async #append(id: string, event: ProcessEvent, origin: Origin): Promise<bigint> {
    const { site, simulated } = this.#parts
    const { at: occurredAt, ...causes } = origin
    const { process, instance } = event.data
    const metadata = {
      occurredAt,
      ...causes,
      ...this.#circumstances(instance, occurredAt),
      site: site.id,
      ...(simulated ? { simulated: true as const } : {}),
    }
    const { revision } = await appendSteadily(
      this.#parts,
      {
        stream: processStream(process, instance),
        event: { id, ...event, metadata },
        expected: this.#instances.revision(instance),
      },
      { signal: this.#signal, onTrouble: this.#onTrouble },
    )
    return revision
  }

  #circumstances(instance: string, at: Instant): Pick<Envelope, 'night' | 'actor'> {
    const { manager, site } = this.#parts
    // A stream whose name ends in a night holds that night alone, see streamsThatMayHold.
    const night = /\d{4}-\d\d-\d\d$/.exec(instance)?.[0] ?? nightOf(at, site.timeZone)
    return { night, actor: { kind: 'agent', id: manager.name } }
  }

  #now(): number {
    return this.#parts.clock.now()
  }

  #at(): Instant {
    return instantOf(this.#now())
  }

  /** A machine clock set back must not let an answer come before its question. */
  #notBefore(earliest: Instant): Instant {
    return instantOf(Math.max(this.#now(), epochMsOf(earliest)))
  }

  #isDue({ dueAt }: Timer): boolean {
    return epochMsOf(dueAt) <= this.#now()
  }

  /** When there is something to do without any news, in epoch milliseconds. */
  #wakeAt(): number | null {
    if (!this.#live) return null
    const { pending } = this.#instances
    if (pending.length > 0 || this.#unperformed.size > 0) return this.#besideUntil
    const timer = this.#instances.nextTimer()
    return timer ? Math.max(epochMsOf(timer.dueAt), this.#besideUntil) : null
  }

  readonly #onTrouble = (error: unknown): void => {
    const changed = (this.#trouble === null) !== (error === null)
    this.#trouble = error
    if (changed) this.#tell()
  }

  #tell(): void {
    this.#parts.onStatus?.({
      state: this.#state(),
      detail: this.#trouble instanceof Error ? this.#trouble.message : '',
      handled: this.#handled,
      decided: this.#decided,
      instances: this.#instances.size,
      waiting: this.#instances.pending.length,
    })
  }

  #state(): ProcessStatus['state'] {
    if (this.#trouble !== null) return 'stopped'
    if (!this.#live) return 'behind'
    return this.#now() < this.#besideUntil ? 'beside' : 'live'
  }
}
