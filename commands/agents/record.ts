import { type EventStore, type Revision, RevisionConflict, StoreUnavailable } from '#commands/event-store.ts'
import { retryMs } from '#commands/process/steady-feed.ts'
import type { AgentEvent } from '#domain/agents/events.ts'
import { agentStream } from '#domain/agents/streams.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'

/** What every agent's life is recorded with. */
export type AgentSurroundings = {
  readonly store: EventStore
  readonly clock: Clock
  readonly site: Pick<Site, 'id' | 'timeZone'>
  /** This process: letters, digits, dots and dashes. */
  readonly host: string
  readonly simulated: boolean
}

/** A stream's newest event, or null. */
export const newestOf = async (store: EventStore, stream: string): Promise<Recorded | null> => {
  for await (const event of store.readBackwards(stream)) return event
  return null
}

/** An event of the agents' machinery, ready to be appended; `affair` is what it belongs to, e.g. one life of an agent. */
export const proposed = (
  event: DomainEvent,
  { clock, site, host, simulated }: AgentSurroundings,
  { affair, number, actor }: { affair: string; number: number; actor: Actor },
) => {
  const occurredAt = instantOf(clock.now())
  const correlationId = uuidFrom(`${host}/${affair}`, noctuaryNamespace)
  return {
    ...event,
    id: uuidFrom(`${event.type}/${number}/${occurredAt}`, correlationId),
    metadata: {
      occurredAt,
      correlationId,
      causationId: correlationId,
      actor,
      site: site.id,
      night: nightOf(occurredAt, site.timeZone),
      ...(simulated ? { simulated: true as const } : {}),
    },
  }
}

/**
 * Records what happens to one agent, in order, without keeping it waiting: an outage of the store must not stop a
 * restart. What is given is appended sooner or later, at least once.
 */
export class AgentRecorder {
  readonly #surroundings: AgentSurroundings
  readonly #agent: string
  readonly #signal: AbortSignal
  readonly #affair: string
  #number = 0
  #queue: Promise<void> = Promise.resolve()

  constructor(agent: string, surroundings: AgentSurroundings, signal: AbortSignal) {
    this.#agent = agent
    this.#surroundings = surroundings
    this.#signal = signal
    this.#affair = `${agent}/${instantOf(surroundings.clock.now())}`
  }

  record(event: AgentEvent): void {
    const actor = { kind: 'agent', id: this.#agent } as const
    const one = proposed(event, this.#surroundings, { affair: this.#affair, number: this.#number++, actor })
    this.#queue = this.#queue.then(() => this.#append(one))
  }

  /** Resolves when all that was given stands in the log, or the signal has ended the trying. */
  async settled(): Promise<void> {
    await this.#queue
  }

  async #append(event: ReturnType<typeof proposed>): Promise<void> {
    const { store, clock } = this.#surroundings
    const stream = agentStream(this.#agent)
    for (;;) {
      try {
        const newest = await newestOf(store, stream)
        if (newest?.id === event.id) return
        const expected: Revision = newest?.revision ?? 'none'
        await store.append(stream, [event], expected)
        return
      } catch (error) {
        if (error instanceof RevisionConflict) continue
        if (!(error instanceof StoreUnavailable)) throw error
        if (this.#signal.aborted) return
        await clock.sleepUntil(clock.now() + retryMs, this.#signal).catch(() => {})
      }
    }
  }
}
