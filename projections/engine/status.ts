import type { Checkpoint, Generation } from './control.ts'

/**
 * `standby`: another program runs it. `waiting`: the log or Postgres does not answer; it tries again. `paused`: by a
 * person. `comparing`: a rebuild is measured against the live one. `outdated`: filled by an older version of this program,
 * stands still. `stopped`: an event cannot be projected; nothing moves until a person acts.
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

export type ProjectionStatus = Pick<Generation, 'name' | 'version' | 'generation' | 'role'> & {
  readonly state: ProjectionState
  readonly checkpoint: Checkpoint
  readonly error: string | null
}
