import type { Policy } from '#domain/agents/admission.ts'
import type { Callbacks } from './callbacks.ts'
import type { MessageHandler } from './message.ts'
import type { Resource } from './resource.ts'

/** What an agent is given to live with. */
export type AgentContext = {
  /** Aborted when the agent is to end; whatever it started ends with it. */
  readonly signal: AbortSignal
  /** Says that something running in the background has failed: the agent goes to ERROR and the supervisor starts it anew. */
  fail(error: unknown): void
  /** A connection or the like that lives and ends with the agent, brought to where the agent is. */
  register(resource: Resource): Promise<void>
}

/**
 * One of the observatory's agents. Its host brings it through INIT → READY → ACTIVE → TERMINATED, records that, and
 * hands it its messages. A hook that throws leads to ERROR. Each start has an agent of its own: none is started twice.
 */
export type Agent = {
  /** Lower case, digits and dashes, as in `agent-<name>`. */
  readonly name: string
  /** Opens what it needs. Nothing of the outside world is changed yet. */
  initialize(context: AgentContext): Promise<void>
  /** Begins its work and returns: what goes on does so in the background. Messages come only afterwards (A2). */
  activate(): Promise<void>
  /** Stops its work but keeps what is open, so that it can be activated again. */
  deactivate(): Promise<void>
  /** Ends its work and closes what is open; called once, after the last message, also when it failed. */
  terminate(): Promise<void>
  /** What advances with it from the beginning. */
  readonly resources?: readonly Resource[]
  /** What it does on a message, by the message's name. One that is not here is recorded as unhandled (A5). */
  readonly messages?: Readonly<Record<string, MessageHandler>>
  /** Who may send which of them; without an entry nobody may. */
  readonly policy?: Policy
  /** Told of the messages it handles. */
  readonly callbacks?: Callbacks
}

/** Work that goes on until `signal` ends; rejecting fails its agent. */
export type Task = { readonly name: string; readonly run: (signal: AbortSignal) => Promise<void> }

/** An agent that is nothing but its tasks, e.g. some process managers and a poller. */
export const agentOfTasks = (name: string, tasks: readonly Task[]): Agent => {
  let context: AgentContext | null = null
  let stopping = new AbortController()
  let running: Promise<unknown> = Promise.resolve()

  const runTask = async ({ name: task, run }: Task, signal: AbortSignal): Promise<void> => {
    try {
      await run(signal)
      if (!signal.aborted) throw new Error('it ended by itself')
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      if (!signal.aborted) context?.fail(new Error(`${task}: ${why}`, { cause }))
    }
  }

  const stop = async () => {
    stopping.abort()
    await running
  }

  return {
    name,
    initialize: async (given) => {
      context = given
    },
    activate: async () => {
      stopping = new AbortController()
      const signal = AbortSignal.any([stopping.signal, ...(context ? [context.signal] : [])])
      running = Promise.all(tasks.map((task) => runTask(task, signal)))
    },
    deactivate: stop,
    terminate: stop,
  }
}
