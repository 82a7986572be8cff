import { type Revision, StoreUnavailable } from '#commands/event-store.ts'
import { agentHostStream } from '#domain/agents/streams.ts'
import { instantOf } from '#domain/shared/time.ts'
import { type AgentSurroundings, newestOf, proposed } from './record.ts'

const everyMs = 10_000
/** So long a host counts as alive after a beat; what it has claimed can then be taken over. */
export const aliveForMs = 30_000

export type Beats = {
  /** The first beat is in the log. */
  readonly first: Promise<void>
  readonly running: Promise<void>
}

/**
 * Says regularly that this host is alive. `onLate` is called when a beat comes after the last one's time was over:
 * others may have taken its agents by then.
 */
export const beat = (
  surroundings: AgentSurroundings,
  { agents, onLate, signal }: { agents: () => readonly string[]; onLate: () => void; signal: AbortSignal },
): Beats => {
  const { store, clock, host } = surroundings
  const first = Promise.withResolvers<void>()
  let until = 0

  const once = async (number: number): Promise<void> => {
    const next = clock.now() + aliveForMs
    const data = { host, agents: [...agents()], until: instantOf(next) }
    const actor = { kind: 'program', id: host } as const
    const event = proposed({ type: 'AgentHostSeen', data }, surroundings, { affair: 'beats', number, actor })
    const expected: Revision = (await newestOf(store, agentHostStream(host)))?.revision ?? 'none'
    await store.append(agentHostStream(host), [event], expected)
    if (until > 0 && clock.now() > until) onLate()
    until = next
  }

  const run = async () => {
    for (let number = 0; !signal.aborted; number++) {
      try {
        await once(number)
        first.resolve()
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error
      }
      await clock.sleepUntil(clock.now() + everyMs, signal).catch(() => {})
    }
  }
  const running = run().catch((error: unknown) => first.reject(error))
  return { first: first.promise, running }
}
