import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { Envelope } from '#commands/handle.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { DomainEvent, Position } from '#domain/shared/event.ts'
import type { ProcessManager } from '#domain/shared/process.ts'
import type { Site } from '#domain/shared/site.ts'

/**
 * Hands a command to whoever decides it and resolves once that stands in the log. A command id handled before has no
 * second effect. Rejects with `CommandRefused` when the domain will not have it, with `StoreUnavailable` or
 * `RevisionConflict` when it is worth trying again; anything else ends the process manager.
 * It must not wait for what takes time, e.g. a device's movement: that is an event later on.
 */
export type Dispatch<Command> = (command: Command, envelope: Envelope) => Promise<unknown>

export type ProcessStatus = {
  /** `behind`: reading the past; `live`: deciding; `beside`: another runner decides; `stopped`: the line or store is away. */
  readonly state: 'behind' | 'live' | 'beside' | 'stopped'
  readonly detail: string
  readonly handled: number
  readonly decided: number
  readonly instances: number
  readonly waiting: number
}

export type ProcessParts<State, In extends DomainEvent, Command> = {
  readonly manager: ProcessManager<State, In, Command>
  readonly store: EventStore
  readonly feed: EventFeed
  readonly clock: Clock
  readonly site: Pick<Site, 'id' | 'timeZone'>
  readonly simulated: boolean
  readonly dispatch: Dispatch<Command>
  /** From where the log is read; what stands before concerns no instance that is still alive. The whole log without it. */
  readonly since?: Position | null
  readonly onStatus?: (status: ProcessStatus) => void
}

/** So long a runner that has lost a race leaves the deciding to the other. */
export const takeoverMs = 5_000
