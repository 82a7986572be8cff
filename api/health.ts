import type { Clock } from '#domain/shared/clock.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'
import type { PartStatus } from './parts/part.ts'

export type ProjectionHealth = {
  readonly name: string
  readonly version: number
  readonly state: ProjectionStatus['state']
  readonly position: string
  readonly events: number
  readonly lagSeconds: number | null
  readonly error: string | null
}

export type Health = {
  readonly status: 'ok' | 'degraded'
  readonly parts: PartStatus[]
  readonly projections: ProjectionHealth[]
}

const projectionHealth = (status: ProjectionStatus, clock: Clock): ProjectionHealth => {
  const { name, version, state, checkpoint, error } = status
  const behind =
    checkpoint.lastOccurredAt === null ? null : (clock.now() - epochMsOf(checkpoint.lastOccurredAt)) / 1000
  return {
    name,
    version,
    state,
    position: `${checkpoint.position?.commit ?? 0}`,
    events: checkpoint.events,
    lagSeconds: state === 'live' ? 0 : behind,
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
  status: [...parts, ...projections].every(isWell) ? 'ok' : 'degraded',
  parts: [...parts],
  projections: projections.map((status) => projectionHealth(status, clock)),
})
