import type { Pool } from 'pg'
import type { Registry } from '#commands/agents/registry.ts'
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

const projectionId = (name: string): string => `projection/${name}`

/** Where the log flows to, in the running graph. */
export const projectionIds = projections.map(({ name }) => projectionId(name))

/** Runs every projection; tells of each change of state. */
export const startProjections = (parts: {
  pool: Pool
  feed: EventFeed
  clock: Clock
  registry: Registry
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
  const leave = projections.map(({ name }) =>
    parts.registry.register({
      id: projectionId(name),
      kind: 'projection',
      links: ['Postgres'],
      look: () => {
        const status = statuses.get(name)
        return { state: status?.state ?? 'starting', handled: status?.checkpoint.events ?? 0 }
      },
    }),
  )
  return {
    statuses: () => [...statuses.values()].filter(({ role }) => role === 'live'),
    stop: async () => {
      stopping.abort()
      for (const one of leave) one()
      await running
    },
  }
}
