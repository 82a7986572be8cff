import { imageWorksHere } from '#adapters/images/image-works-here.ts'
import { plannerHere } from '#adapters/planner/planner-here.ts'
import type { TappedStore } from '#adapters/simulated-time/tapped-store.ts'
import type { VirtualClock } from '#adapters/virtual-clock.ts'
import type { Config } from '#api/config.ts'
import { agentMakers } from '#api/parts/agent-makers.ts'
import { startAgents } from '#api/parts/agents.ts'
import { startDeviceAgent } from '#api/parts/device-agents.ts'
import { startMonitor } from '#api/parts/monitor.ts'
import { partNames } from '#api/parts/part-names.ts'
import { Registry } from '#commands/agents/registry.ts'
import type { PollOutcome } from '#commands/environment/monitor.ts'
import type { World } from './world.ts'

type Surroundings = {
  readonly config: Config
  readonly store: TappedStore
  readonly clock: VirtualClock
  readonly say: (line: string) => void
  readonly onPoll: (outcome: PollOutcome) => void
  readonly atEnd: (end: () => unknown) => void
}

/** In the log no run of a simulation may differ from another. */
const host = 'simulation'
const diskFree = async () => 60

/** Every part of the observatory, on simulated time. They are started one after another: who follows first hears first. */
export const startObservatory = async (world: World, surroundings: Surroundings): Promise<void> => {
  const { config, store, clock, say, onPoll, atEnd } = surroundings
  const simulated = true
  const monitor = startMonitor({ config, store, plc: world.plc, diskFree, simulated, clock, onPoll })
  atEnd(() => monitor.stop())
  const heart: { beat: (() => Promise<void>) | null } = { beat: null }
  const registry = new Registry(clock)
  const ground = { only: partNames, config, clock, say, simulated, registry }
  const makers = agentMakers(ground, store, heart, {
    openPlanner: plannerHere,
    openImageWorks: imageWorksHere,
  })
  const agents = await startAgents({
    site: config.SITE,
    store,
    clock,
    simulated,
    host,
    makers,
    registry,
    say,
  })
  for (const agent of agents) atEnd(() => agent.stop())
  for (const [name, device] of world.devices) {
    const part = startDeviceAgent({ name, address: device, simulated, config, store, clock, say })
    atEnd(() => part.stop())
    if (name === 'dome') heart.beat = part.beat
  }
}
