import type { Task } from '#commands/agents/agent.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { Dispatch, ProcessStatus } from '#commands/process/parts.ts'
import { runProcess } from '#commands/process/runner.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import type { ProcessManager } from '#domain/shared/process.ts'
import type { Site } from '#domain/shared/site.ts'

/** What process managers run on. */
export type ProcessGround = {
  readonly store: EventStore & EventFeed
  readonly clock: Clock
  readonly site: Site
  readonly simulated: boolean
}

/** A process manager as work of an agent. */
export const processTask = <State, In extends DomainEvent, Command extends { readonly type: string }>(
  { store, clock, site, simulated }: ProcessGround,
  manager: ProcessManager<State, In, Command>,
  dispatch: Dispatch<Command>,
  onStatus: (status: ProcessStatus) => void = () => {},
): Task => ({
  name: manager.name,
  run: (signal) =>
    runProcess({ manager, store, feed: store, clock, site, simulated, dispatch, onStatus }, signal),
})
