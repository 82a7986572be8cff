import { startPlannerThread } from '#adapters/planner/planner-thread.ts'
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
  const planner = startPlannerThread()
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
    planner,
    /** Resolves when what it has said is as wanted. */
    until: async (wanted: (said: readonly PlannerOutcome[]) => boolean): Promise<void> => {
      while (!wanted(said)) await spoke.promise
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
