import { startPlannerThreads } from '#adapters/planner/planner-threads.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import { type PlannerOutcome, runPlanner } from '#commands/planning/run-planner.ts'
import { plannerSettings } from '#domain/planning/desk/plan-input.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

type Options = { readonly store: EventStore & EventFeed; readonly clock: Clock }

/** A planner with its thread, on a log, with what it said of itself. */
export const startRunningPlanner = ({ store, clock }: Options) => {
  const stopping = new AbortController()
  const planner = startPlannerThreads()
  const said: PlannerOutcome[] = []
  let spoke = Promise.withResolvers<void>()
  const running = runPlanner(
    {
      feed: store,
      store,
      planner,
      clock,
      settings: plannerSettings(sanPedroMartir),
      onOutcome: (outcome) => {
        said.push(outcome)
        spoke.resolve()
        spoke = Promise.withResolvers()
      },
    },
    stopping.signal,
  )
  const stop = async () => {
    stopping.abort()
    await running
    await planner.close()
  }
  return {
    said,
    /** Resolves with the next version that it publishes after it has said so much. */
    published: async (from: number): Promise<void> => {
      while (!said.slice(from).some(({ kind }) => kind === 'published')) await spoke.promise
    },
    /** Resolves when it has nothing to do. */
    quiet: async (): Promise<void> => {
      const head = (await store.head())?.commit ?? 0n
      while (!said.some((one) => one.kind === 'idle' && one.position.commit >= head)) await spoke.promise
    },
    /** From now on it does nothing more, as if killed: what it waits for finds nobody. */
    kill: () => stopping.abort(),
    ended: running,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
