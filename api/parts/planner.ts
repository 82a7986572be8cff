import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { startPlannerThreads } from '#adapters/planner/planner-threads.ts'
import type { Config } from '#api/config.ts'
import { type PlannerOutcome, runPlanner } from '#commands/planning/run-planner.ts'
import { plannerSettings } from '#domain/planning/desk/plan-input.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Part, PartStatus } from './part.ts'

type Options = {
  readonly config: Config
  readonly store: OpenEventStore
  readonly clock: Clock
  readonly say: (line: string) => void
}

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

/** The planner with its threads, wired to the log. */
export const startPlanner = ({ config, store, clock, say }: Options): Part => {
  const stopping = new AbortController()
  const planner = startPlannerThreads()
  const name = 'planner'
  let status: PartStatus = { name, state: 'starting', detail: 'reading the log' }

  const onOutcome = (outcome: PlannerOutcome) => {
    const line = saying(outcome)
    // A fault that stays is told once.
    if (line && (outcome.kind !== 'failed' || status.detail !== outcome.error)) say(line)
    status =
      outcome.kind === 'failed'
        ? { name, state: 'down', detail: outcome.error }
        : {
            name,
            state: 'up',
            detail: line ?? (status.state === 'up' ? status.detail : 'every ask is answered'),
          }
  }
  const running = runPlanner(
    { feed: store, store, planner, clock, settings: plannerSettings(config.SITE), onOutcome },
    stopping.signal,
  )

  return {
    status: () => status,
    stop: async () => {
      stopping.abort()
      await running
      await planner.close()
    },
  }
}
