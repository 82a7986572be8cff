import { type Agent, agentOfTasks } from '#commands/agents/agent.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { Planner } from '#commands/planning/planner.ts'
import { type PlannerOutcome, runPlanner } from '#commands/planning/run-planner.ts'
import { plannerSettings } from '#domain/planning/desk/plan-input.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'

/** Opens what computes the plans; it ends with the agent. */
export type OpenPlanner = () => Planner & { close(): Promise<void> }

type Ground = { readonly store: EventStore & EventFeed; readonly clock: Clock; readonly site: Site }

const saying = (outcome: PlannerOutcome): string | null => {
  switch (outcome.kind) {
    case 'published':
      return `plan of ${outcome.night}, version ${outcome.version}: ${outcome.placed} observations`
    case 'failed':
      return `planner: ${outcome.error}`
    case 'stepped-back':
    case 'unchanged':
    case 'idle':
      return null
  }
}

/** The planner as an agent: it follows the log, and what computes lives and ends with it. */
export const plannerAgent = (
  { store, clock, site }: Ground,
  openPlanner: OpenPlanner,
  say: (line: string) => void,
): Agent => {
  let trouble: string | null = null
  const onOutcome = (outcome: PlannerOutcome) => {
    const line = saying(outcome)
    // A fault that stays is told once.
    if (line !== null && line !== trouble) say(line)
    trouble = outcome.kind === 'failed' ? line : null
  }
  const run = async (signal: AbortSignal): Promise<void> => {
    const planner = openPlanner()
    const settings = plannerSettings(site)
    try {
      await runPlanner({ feed: store, store, planner, clock, settings, onOutcome }, signal)
    } finally {
      await planner.close()
    }
  }
  return agentOfTasks('planner', [{ name: 'plans', run }])
}
