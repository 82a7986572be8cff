import type { Pool } from 'pg'
import type { Clock } from '#domain/shared/clock.ts'
import { projections } from '#projections/catalogue.ts'
import type { EventFeed } from '#projections/engine/event-feed.ts'
import { runProjections } from '#projections/engine/runner.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'

export type RunningProjections = {
  /** Of what readers see. */
  statuses(): readonly ProjectionStatus[]
  stop(): Promise<void>
}

/** Runs every projection; tells of each change of state. */
export const startProjections = (parts: {
  pool: Pool
  feed: EventFeed
  clock: Clock
  onChange: (status: ProjectionStatus) => void
}): RunningProjections => {
  const stopping = new AbortController()
  const statuses = new Map<string, ProjectionStatus>()
  const onStatus = (status: ProjectionStatus) => {
    const key = status.role === 'live' ? status.name : `${status.name} rebuild`
    const before = statuses.get(key)
    statuses.set(key, status)
    if (before?.state !== status.state) parts.onChange(status)
  }
  const running = runProjections(projections, { ...parts, onStatus }, stopping.signal)
  return {
    statuses: () => [...statuses.values()].filter(({ role }) => role === 'live'),
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
