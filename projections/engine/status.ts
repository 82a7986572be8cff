import type { Position } from '#domain/shared/event.ts'
import { epochMsOf, type Instant } from '#domain/shared/time.ts'
import type { Checkpoint, Generation } from './control.ts'
import { isAfter } from './position.ts'

/**
 * `standby`: another program runs it. `waiting`: the log or Postgres does not answer; it tries again. `paused`: by a
 * person. `comparing`: a rebuild has caught up and is measured against the live one. `outdated`: filled by another version
 * of this program, stands still. `stopped`: an event cannot be projected; nothing moves until a person acts.
 * `unattended`: no program says that it runs it.
 */
export type ProjectionState =
  | 'starting'
  | 'standby'
  | 'catching-up'
  | 'comparing'
  | 'live'
  | 'paused'
  | 'waiting'
  | 'outdated'
  | 'stopped'
  | 'unattended'

export type ProjectionStatus = Pick<Generation, 'name' | 'version' | 'generation' | 'role'> & {
  readonly state: ProjectionState
  readonly checkpoint: Checkpoint
  readonly error: string | null
  /** The end of the log, as it was a second ago at the most. */
  readonly head: Position | null
  /** The alarm: since when the position stands still though there is work. */
  readonly standingSince: Instant | null
  /** Events a second, lately. */
  readonly rate: number
}

/** How old the newest projected event is while there is more to do; 0 when caught up, null before the first. */
export const lagSecondsOf = ({ state, checkpoint }: ProjectionStatus, nowMs: number): number | null => {
  if (state === 'live') return 0
  return checkpoint.lastOccurredAt === null
    ? null
    : Math.max(0, (nowMs - epochMsOf(checkpoint.lastOccurredAt)) / 1000)
}

/**
 * How many events are still to come: 0 when caught up, otherwise judged by how many there were in the log so far, for the
 * log is counted in bytes and not all of it is for this projection. Null before the first.
 */
export const lagEventsOf = ({
  state,
  checkpoint: { position, events },
  head,
}: ProjectionStatus): number | null => {
  if (state === 'live' || !isAfter(head, position)) return 0
  if (!head || !position || position.commit === 0n) return null
  return Math.round((Number(head.commit - position.commit) / Number(position.commit)) * events)
}

/** How much of the log is done, from 0 to 1. */
export const shareDoneOf = ({ checkpoint: { position }, head }: ProjectionStatus): number => {
  if (!head || !isAfter(head, position)) return 1
  return position ? Number(position.commit) / Number(head.commit) : 0
}

/** Seconds to the end at the present rate; null when nobody can tell. */
export const secondsLeftOf = (status: ProjectionStatus): number | null => {
  const events = lagEventsOf(status)
  if (events === 0) return 0
  return events === null || status.rate <= 0 ? null : events / status.rate
}

/** A status as it begins. */
export const statusOf = (
  {
    name,
    version,
    generation,
    role,
    checkpoint,
  }: Pick<Generation, 'name' | 'version' | 'generation' | 'role' | 'checkpoint'>,
  state: ProjectionState,
): ProjectionStatus => ({
  ...{ name, version, generation, role, checkpoint, state },
  ...{ error: null, head: null, standingSince: null, rate: 0 },
})
