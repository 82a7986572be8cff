import type { Clock } from '#domain/shared/clock.ts'
import { lagEventsOf, lagSecondsOf, type ProjectionStatus } from '#projections/engine/status.ts'
import type { PartStatus } from './parts/part.ts'

export type ProjectionHealth = {
  readonly name: string
  readonly version: number
  readonly state: ProjectionStatus['state']
  readonly position: string
  readonly events: number
  readonly lagSeconds: number | null
  readonly lagEvents: number | null
  /** The alarm: since when it stands still though there is work. */
  readonly standingSince: string | null
  readonly error: string | null
}

export type Health = {
  readonly status: 'ok' | 'degraded'
  readonly parts: PartStatus[]
  readonly projections: ProjectionHealth[]
}

const projectionHealth = (status: ProjectionStatus, clock: Clock): ProjectionHealth => {
  const { name, version, state, checkpoint, error, standingSince } = status
  return {
    name,
    version,
    state,
    position: `${checkpoint.position?.commit ?? 0}`,
    events: checkpoint.events,
    lagSeconds: lagSecondsOf(status, clock.now()),
    lagEvents: lagEventsOf(status),
    standingSince,
    error,
  }
}

/** A standby is healthy: somebody else does the work. */
const isWell = ({ state }: { state: string }): boolean =>
  state === 'up' || state === 'live' || state === 'standby'

/** Everything that runs here, and whether all of it is well. */
export const healthOf = (
  parts: readonly PartStatus[],
  projections: readonly ProjectionStatus[],
  clock: Clock,
): Health => ({
  status:
    [...parts, ...projections].every(isWell) &&
    projections.every(({ standingSince }) => standingSince === null)
      ? 'ok'
      : 'degraded',
  parts: [...parts],
  projections: projections.map((status) => projectionHealth(status, clock)),
})
