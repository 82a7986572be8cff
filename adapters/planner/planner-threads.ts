import type { Planner } from '#commands/planning/planner.ts'
import { PlannerFailed, PlannerThread } from './planner-thread.ts'

/**
 * The planner in threads of its own, so that computing a plan keeps nobody here waiting. Two of them: while one plans a
 * whole night (half a second with 1,000 candidates), the other holds the plan in force, ready for an alert.
 */
export const startPlannerThreads = (): Planner & { close(): Promise<void> } => {
  const threads = [new PlannerThread(), new PlannerThread()] as const
  return {
    plan: async (input, keeping) => {
      const free = threads[0].holds === keeping && keeping !== null ? threads[1] : threads[0]
      const planned = await free.ask({ kind: 'plan', input })
      if (!planned) throw new PlannerFailed('it answered nothing')
      return planned
    },
    insertAlerts: async (baseHash, alerts, at) => {
      const holder = threads.find(({ holds }) => holds === baseHash)
      return holder ? holder.ask({ kind: 'insert', baseHash, alerts, at }) : null
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}
