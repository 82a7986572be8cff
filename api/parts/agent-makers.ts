import { startImageThread } from '#adapters/images/image-thread.ts'
import { startPlannerThreads } from '#adapters/planner/planner-threads.ts'
import { agentOfTasks } from '#commands/agents/agent.ts'
import type { AgentMakers } from '#commands/agents/host.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import { calibratorDispatch, observerDispatch } from '#commands/observing/dispatch.ts'
import { calibrator } from '#domain/observing/calibrator/calibrator.ts'
import { observer } from '#domain/observing/observer/observer.ts'
import { alertManagerAgent } from './alert-manager.ts'
import { realDevicesIn } from './device-places.ts'
import type { Heart } from './devices.ts'
import type { House } from './house.ts'
import { catalogueOf, imageTask, type OpenImageWorks } from './image-worker.ts'
import { majordomeAgent } from './majordome.ts'
import { type OpenPlanner, plannerAgent } from './planner.ts'
import { processTask } from './process-task.ts'
import { quotaKeeperAgent } from './quota-keeper.ts'

/** What computes for agents, each where it keeps nobody waiting. */
type Engines = { readonly openPlanner: OpenPlanner; readonly openImageWorks: OpenImageWorks }

const inThreads: Engines = { openPlanner: startPlannerThreads, openImageWorks: startImageThread }

/** The agents among the parts that run here, each made anew for every start. */
export const agentMakers = (
  {
    only,
    config,
    clock,
    say,
    simulated,
    registry,
  }: Pick<House, 'only' | 'config' | 'clock' | 'say' | 'simulated' | 'registry'>,
  store: EventStore & EventFeed,
  heart: Heart,
  { openPlanner, openImageWorks }: Engines = inThreads,
): AgentMakers => {
  const ground = { store, clock, site: config.SITE, simulated, registry }
  return {
    ...(only.includes('majordome') ? { majordome: () => majordomeAgent(ground, heart, say) } : {}),
    ...(only.includes('observer')
      ? {
          observer: () =>
            agentOfTasks('observer', [processTask(ground, observer(config.SITE), observerDispatch(ground))]),
        }
      : {}),
    ...(only.includes('calibrator')
      ? {
          calibrator: () =>
            agentOfTasks('calibrator', [
              processTask(ground, calibrator(config.SITE), calibratorDispatch(ground)),
              imageTask(ground, config.DATA_DIR, openImageWorks, catalogueOf(realDevicesIn(config)), say),
            ]),
        }
      : {}),
    ...(only.includes('planner') ? { planner: () => plannerAgent(ground, openPlanner, say) } : {}),
    ...(only.includes('alerts')
      ? { 'alert-manager': () => alertManagerAgent(ground, realDevicesIn(config)) }
      : {}),
    ...(only.includes('quotas') ? { 'quota-keeper': () => quotaKeeperAgent(store, clock, say) } : {}),
  }
}
