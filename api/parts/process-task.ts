import { inboxSize } from '#adapters/eventstore/follow.ts'
import type { Task } from '#commands/agents/agent.ts'
import type { ComponentState, Registry } from '#commands/agents/registry.ts'
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
  /** Where a running process manager is shown. */
  readonly registry?: Registry
}

const processId = (name: string): string => `process/${name}`

/** Where the log flows to, in the running graph. */
export const processIds = ['majordome', 'observer', 'calibrator', 'alertManager'].map(processId)

/** Shows a process manager while it runs; gives back what it is told by, and how it leaves. */
const shown = (name: string, registry: Registry | undefined) => {
  let status: ProcessStatus | null = null
  const look = (): ComponentState => {
    if (!status) return { state: 'starting' }
    const { state, detail, decided, instances, waiting, handled } = status
    const about = detail || `${decided} decisions, ${instances} instances`
    // The next batch is asked for when all of this one is decided.
    return { state, detail: about, inbox: { waiting, capacity: inboxSize }, handled }
  }
  const leave = registry?.register({ id: processId(name), kind: 'process', links: ['event store'], look })
  const tell = (now: ProcessStatus) => {
    status = now
  }
  return { tell, leave: leave ?? (() => {}) }
}

/** A process manager as work of an agent. */
export const processTask = <State, In extends DomainEvent, Command extends { readonly type: string }>(
  { registry, ...ground }: ProcessGround,
  manager: ProcessManager<State, In, Command>,
  dispatch: Dispatch<Command>,
  onStatus: (status: ProcessStatus) => void = () => {},
): Task => ({
  name: manager.name,
  run: async (signal) => {
    const { tell, leave } = shown(manager.name, registry)
    const both = (status: ProcessStatus) => {
      tell(status)
      onStatus(status)
    }
    try {
      await runProcess({ manager, feed: ground.store, ...ground, dispatch, onStatus: both }, signal)
    } finally {
      leave()
    }
  },
})
