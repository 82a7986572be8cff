import { type Agent, agentOfTasks } from '#commands/agents/agent.ts'
import { alertDispatch } from '#commands/alerts/dispatch.ts'
import { adoptDefaults } from '#commands/alerts/strategy-handler.ts'
import { StoreUnavailable } from '#commands/event-store.ts'
import { alertManager } from '#domain/alerts/alert-manager.ts'
import { instantOf } from '#domain/shared/time.ts'
import { type ProcessGround, processTask } from './process-task.ts'

const retryMs = 1_000

const adoptPatiently = async ({ store, clock, site }: ProcessGround, signal: AbortSignal) => {
  for (;;) {
    try {
      return await adoptDefaults(store, site, instantOf(clock.now()))
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      await clock.sleepUntil(clock.now() + retryMs, signal)
    }
  }
}

/** The alert manager as an agent; the shipped strategies are adopted first where there are none. */
export const alertManagerAgent = (ground: ProcessGround, realDevices: readonly string[]): Agent => {
  // Whether an alert is simulated is said by its notice, not by the world around it.
  const task = processTask(
    { ...ground, simulated: false },
    alertManager,
    alertDispatch(ground.store, ground.site, realDevices),
  )
  const run = async (signal: AbortSignal) => {
    await adoptPatiently(ground, signal)
    await task.run(signal)
  }
  return agentOfTasks('alert-manager', [{ name: task.name, run }])
}
